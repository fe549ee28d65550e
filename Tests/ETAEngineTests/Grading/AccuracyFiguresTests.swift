import Testing
import TransitModel

@testable import ETAEngine

struct AccuracyFiguresTests {
    private func page() -> AccuracyAccount.Page {
        var account = AccuracyAccount()
        account.enter(Grades.call(at: 300, asked: 12, []), on: Grades.network)
        return account.page
    }

    @Test func `what is not written yet is told beside what is`() {
        var figures = AccuracyFigures()
        figures.add(page(), since: Grades.date)
        figures.add(page(), since: Grades.date)
        for sums in [figures.byDate, figures.byHour, figures.byStop] {
            #expect(sums.total.asked == 24)
        }
        #expect(figures.byDate.tallies.keys.allSatisfy { $0.hour == nil && $0.stopID == nil })
        #expect(figures.byHour.tallies.keys.allSatisfy { $0.hour == 8 && $0.date == nil })
        #expect(figures.misses.count == 2)
    }

    @Test func `days before the first that is asked for are left out`() {
        var figures = AccuracyFigures()
        figures.add(page(), since: Grades.date + 1)
        #expect(figures.byDate.isEmpty && figures.byStop.isEmpty)
    }

    @Test func `what other ids mean adds up under one, and other routes are left out`() {
        var figures = AccuracyFigures()
        figures.add(page(), since: Grades.date)
        let renamed = figures.renamed {
            $0 == "A" ? "K1" : nil
        } stop: { _ in
            "s"
        }
        #expect(Set(renamed.byStop.tallies.keys.map(\.routeID)) == ["K1"])
        #expect(Set(renamed.byStop.tallies.keys.map(\.stopID)) == ["s"])
        #expect(renamed.misses.map(\.stopID) == ["s"])
        let none = figures.renamed { _ in
            nil
        } stop: {
            $0
        }
        #expect(none.byDate.isEmpty && none.misses.isEmpty)
    }
}
