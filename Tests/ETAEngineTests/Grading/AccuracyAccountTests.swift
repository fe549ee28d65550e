import Testing
import TransitModel

@testable import ETAEngine

struct AccuracyAccountTests {
    @Test func `a call is told by the hour and by the stop, each with all its minutes`() {
        var account = AccuracyAccount()
        let answers = [
            Grades.answer(at: 0, foretelling: 310), Grades.answer(at: 60, foretelling: 200),
        ]
        account.enter(Grades.call(at: 300, asked: 3, answers), on: Grades.network)
        let byHour = account.page.sums.summed { $0.hour == nil ? nil : $0 }
        let byStop = account.page.sums.summed { $0.stopID == nil ? nil : $0 }
        #expect(byHour.total == byStop.total)
        #expect(byHour.total.asked == 3)
        #expect(byHour.total.answered == 2)
        #expect(byHour.total.accurate == 1)
        #expect(byHour.total.withinInterval == 1)
        #expect((byHour.total.error, byHour.total.absoluteError) == (90, 110))
        #expect(byHour.total.misses == [.congestion: 1, .silence: 1])
        #expect(Set(byHour.tallies.keys.map(\.hour)) == [8])
        #expect(Set(byStop.tallies.keys.map(\.date)) == [Grades.date])
        let stop = Grades.network.patterns[PatternIndex(TestTown.straight)].stops[3]
        #expect(Set(byStop.tallies.keys.map(\.stopID)) == [Grades.network.stops[stop].id])
        #expect(Set(byStop.tallies.keys.map(\.routeID)) == ["A"])
    }

    @Test func `every minute that is not accurate has a cause`() {
        let total = Grades.total(
            Grades.call(
                at: 900, asked: 20,
                (0..<12).map { minute in
                    Grades.answer(
                        at: Double(minute) * 60, foretelling: 900 + Double(minute * 97 - 500),
                        PredictionSource.allCases[minute % 4], age: Double(minute * 15))
                }))
        #expect(total.asked == 20)
        #expect(total.misses.values.reduce(0, +) == total.asked - total.accurate)
        #expect(total.misses[.silence] == 8)
    }

    @Test func `when the bus left explains what was told before`() {
        let departure = Grades.call(
            at: 400, position: 0, [Grades.answer(at: -300, foretelling: 0, .terminal)])
        let later = Grades.call(at: 800, [Grades.answer(at: -300, foretelling: 400, .terminal)])
        #expect(Grades.total(departure, later).misses == [.terminal: 2])
        let onTime = Grades.call(
            at: 0, position: 0, [Grades.answer(at: -300, foretelling: 0, .terminal)])
        #expect(Grades.total(onTime, later).misses == [.congestion: 1])
    }

    @Test func `silence before the bus left does not count as under way`() {
        var account = AccuracyAccount()
        account.enter(Grades.call(at: 240, position: 0, []), on: Grades.network)
        account.enter(Grades.call(at: 300, asked: 5, []), on: Grades.network)
        let phases = account.page.sums.summed { $0.stopID == nil ? nil : $0 }.tallies
            .reduce(into: [RunPhase: Int]()) { $0[$1.key.phase, default: 0] += $1.value.asked }
        #expect(phases == [.beforeDeparture: 3, .underWay: 2])
    }

    @Test func `a page that is taken is gone, and one put back is there again`() {
        var account = AccuracyAccount()
        account.enter(Grades.call(at: 300, asked: 12, []), on: Grades.network)
        let page = account.takePage()
        #expect(account.page.isEmpty)
        account.enter(Grades.call(at: 360, asked: 12, []), on: Grades.network)
        account.putBack(page)
        #expect(account.page.sums.total.asked == 48)
        #expect(account.page.misses.list.count == 2)
    }

    @Test func `a call is a miss by what was told ten minutes before`() throws {
        var account = AccuracyAccount()
        let good = Grades.answer(at: 30, foretelling: 900)
        let bad = Grades.answer(at: 300, foretelling: 600)
        account.enter(Grades.call(at: 900, asked: 2, [good, bad]), on: Grades.network)
        let miss = try #require(account.page.misses.list.first)
        #expect(miss.error == 300)
        #expect(miss.cause == .congestion)
        #expect(miss.routeID == "A" && miss.tripID == "A 08:00:00" && miss.vehicleID == "7")
        #expect(miss.answer?.madeAt == bad.madeAt && miss.lastAnswer?.madeAt == bad.madeAt)
        account = AccuracyAccount()
        let better = Grades.answer(at: 300, foretelling: 900)
        let worse = Grades.answer(at: 840, foretelling: 1200)
        account.enter(Grades.call(at: 900, asked: 2, [better, worse]), on: Grades.network)
        #expect(account.page.misses.list.isEmpty)
    }

    @Test func `a call that nobody could ask for ten minutes before is no miss`() {
        var account = AccuracyAccount()
        account.enter(Grades.call(at: 900, asked: 9, []), on: Grades.network)
        #expect(account.page.misses.list.isEmpty)
        account.enter(Grades.call(at: 900, asked: 10, []), on: Grades.network)
        #expect(account.page.misses.list.map(\.cause) == [.silence])
    }
}
