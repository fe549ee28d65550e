import Testing
import TransitModel

@testable import Evaluation

struct LinkHistoryTests {
    private static let day = 86_400.0

    private func traversal(_ seconds: Double, at end: Double, day: Int = 0) -> LinkTraversal {
        LinkTraversal(
            link: 0, seconds: seconds, end: Double(day) * Self.day + end,
            serviceDate: Street.date + day)
    }

    private func history(_ traversals: [LinkTraversal]) -> LinkHistory {
        traversals.reduce(into: LinkHistory()) { $0.add($1) }
    }

    private func today(_ seconds: Double...) -> LinkHistory {
        history(seconds.enumerated().map { traversal($1, at: Double($0) * 600) })
    }

    @Test func `without a bus nothing is known`() {
        #expect(LinkHistory().seconds(at: 0, on: Street.date) == nil)
    }

    @Test func `up to three buses the last one stands alone`() {
        #expect(today(60).seconds(at: 0, on: Street.date) == 60)
        #expect(today(60, 70, 90).seconds(at: 0, on: Street.date) == 90)
    }

    @Test func `then it is blended half and half with the three before`() throws {
        let seconds = try #require(today(60, 70, 80, 100).seconds(at: 0, on: Street.date))
        #expect(abs(seconds - 85) < 1e-3)
        #expect(today(60, 60, 60, 100).seconds(at: 0, on: Street.date) == 80)
    }

    @Test func `the error of one estimate moves the next`() throws {
        // Of 60, 70, 80 v is 66.67 and e' half of it; of 70, 80, 100 v is 155.56: g = 0.5485.
        let seconds = try #require(today(60, 70, 80, 100, 90).seconds(at: 0, on: Street.date))
        #expect(abs(seconds - (0.4515 * 90 + 0.5485 * 250 / 3)) < 0.01)
    }

    @Test func `another day begins without a last bus`() {
        let seconds = today(60, 70).seconds(at: Self.day, on: Street.date + 1)
        #expect(seconds == nil)
        #expect(today(60, 70, 80).seconds(at: Self.day, on: Street.date + 1) == 70)
    }

    @Test func `of earlier days the buses nearest in time of day count`() throws {
        let mornings = (0..<3).map { traversal(60, at: 28_800, day: $0) }
        let evenings = (0..<3).map { traversal(120, at: 64_800, day: $0) }
        let history = history(zip(mornings, evenings).flatMap { [$0, $1] })
        let date = Street.date + 3
        #expect(history.seconds(at: 3 * Self.day + 30_000, on: date) == 60)
        #expect(history.seconds(at: 3 * Self.day + 60_000, on: date) == 120)
        // Midnight lies between the days, not at their end.
        #expect(history.seconds(at: 3 * Self.day + 86_000, on: date) == 120)
    }

    @Test func `the last bus of today is blended with the time of day asked about`() throws {
        var history = history((0..<3).map { traversal(60, at: 28_800, day: $0) })
        history.add(traversal(100, at: 28_900, day: 3))
        let seconds = history.seconds(at: 3 * Self.day + 29_000, on: Street.date + 3)
        #expect(seconds == 80)
    }

    @Test func `a straggler of yesterday does not end today`() {
        var history = history([
            traversal(60, at: 100, day: 1), traversal(70, at: 200, day: 1),
        ])
        history.add(traversal(300, at: 86_700, day: 0))
        #expect(history.seconds(at: Self.day + 300, on: Street.date + 1) == 70)
    }
}
