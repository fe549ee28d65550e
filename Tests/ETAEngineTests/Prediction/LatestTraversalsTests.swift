import Testing
import TransitModel

@testable import ETAEngine

struct LatestTraversalsTests {
    private let now = TestCity.moment(8)

    @Test func `nothing shifts nothing`() {
        #expect(LatestTraversals().shift(at: now) == 0)
    }

    @Test func `one bus is believed by half, several alike by more`() {
        #expect(Self.traversals([(0.6, now)]).shift(at: now) == 0.3)
        let four = Self.traversals([(0.6, now), (0.6, now), (0.6, now), (0.6, now)])
        #expect(abs(four.shift(at: now) - 0.48) < 1e-12)
    }

    @Test func `what buses did fades`() {
        let traversals = Self.traversals([(0.6, now)])
        let shifts = [0.0, 600, 1800, 7200].map { traversals.shift(at: now + $0) }
        #expect(shifts == shifts.sorted(by: >))
        #expect(shifts[2] < 0.2)
        #expect(shifts[3] < 0.02)
    }

    @Test func `the last bus has more to say than the one before`() {
        let shift = Self.traversals([(-0.5, now - 1800), (0.5, now)]).shift(at: now)
        #expect(shift > 0.1 && shift < 0.25)
    }

    @Test func `a moment before the last traversal changes nothing`() {
        let traversals = Self.traversals([(0.6, now)])
        #expect(traversals.shift(at: now - 100) == traversals.shift(at: now))
    }

    private static func traversals(_ seen: [(difference: Double, exit: Timestamp)])
        -> LatestTraversals
    {
        var traversals = LatestTraversals()
        for (difference, exit) in seen { traversals.add(difference, at: exit) }
        return traversals
    }
}
