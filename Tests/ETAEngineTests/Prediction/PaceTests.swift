import Testing

@testable import ETAEngine

struct PaceTests {
    private static func pace(_ links: [(seconds: Double, expected: Double)]) -> Pace {
        var pace = Pace()
        for link in links { pace.add(link.seconds, expected: link.expected, Fading()) }
        return pace
    }

    @Test func `a bus that did as expected is expected to go on so`() {
        #expect(Pace().excess == 0)
        #expect(abs(Self.pace([(90, 90), (60, 60)]).excess) < 1e-12)
    }

    @Test func `a slow bus stays slow, by less than it was`() {
        let slow = Self.pace([(Double, Double)](repeating: (120, 100), count: 20))
        #expect(slow.excess > 0.03 && slow.excess < 0.2)
        #expect(Self.pace([(120, 100)]).excess < slow.excess)
    }

    @Test func `what it did last says most`() {
        let links = [(Double, Double)](repeating: (150, 100), count: 10)
        let before = Self.pace(links + [(Double, Double)](repeating: (80, 100), count: 20))
        #expect(before.excess < 0)
    }

    @Test func `an hour at a stop makes nobody drive at half the speed`() {
        #expect(Self.pace([(1e6, 100)]).excess == 1)
    }
}
