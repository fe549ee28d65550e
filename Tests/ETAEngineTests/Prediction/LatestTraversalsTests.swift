import Testing
import TransitModel

@testable import ETAEngine

struct LatestTraversalsTests {
    private let now = TestCity.moment(8)

    @Test func `nothing shifts nothing`() {
        #expect(Self.shift(LatestTraversals(), at: now) == 0)
    }

    @Test func `one bus is believed by a quarter, several alike by more`() {
        #expect(abs(Self.shift(Self.traversals([(0.6, now)]), at: now) - 0.15) < 1e-12)
        let four = Self.traversals([(0.6, now), (0.6, now), (0.6, now), (0.6, now)])
        #expect(abs(Self.shift(four, at: now) - 0.6 * 4 / 7) < 1e-12)
    }

    @Test func `what buses did fades`() {
        let traversals = Self.traversals([(0.6, now)])
        let shifts = [0.0, 3600, 10_800, 43_200].map { Self.shift(traversals, at: now + $0) }
        #expect(shifts == shifts.sorted(by: >))
        #expect(shifts[2] < 0.08)
        #expect(shifts[3] < 0.005)
    }

    @Test func `the last bus has more to say than the one before`() {
        let shift = Self.shift(
            Self.traversals([(-0.5, now - 10_800), (0.5, now)]), at: now)
        #expect(shift > 0.05 && shift < 0.12)
    }

    @Test func `a moment before the last traversal changes nothing`() {
        let traversals = Self.traversals([(0.6, now)])
        #expect(Self.shift(traversals, at: now - 100) == Self.shift(traversals, at: now))
    }

    private static func traversals(_ seen: [(difference: Double, exit: Timestamp)])
        -> LatestTraversals
    {
        var traversals = LatestTraversals()
        for (difference, exit) in seen { traversals.add(1 + difference, at: exit, Fading()) }
        return traversals
    }

    private static func shift(_ traversals: LatestTraversals, at now: Timestamp) -> Double {
        traversals.shift(from: 1, at: now, Fading())
    }
}
