import Testing

@testable import ETAEngine

struct HorizonTests {
    @Test(arguments: [
        (-5.0, Horizon.upTo3), (179, .upTo3), (180, .upTo6), (359, .upTo6), (360, .upTo12),
        (719, .upTo12), (720, .upTo30), (2400, .upTo30),
    ])
    func `a lead falls into the span that begins with it`(lead: Double, horizon: Horizon) {
        #expect(Horizon(lead: lead) == horizon)
    }

    @Test(arguments: [
        (Horizon.upTo3, -60.0, 60.0), (.upTo6, -90, 120), (.upTo12, -150, 210),
        (.upTo30, -240, 360),
    ])
    func `the bounds are those of the MBTA, and their ends are out`(
        horizon: Horizon, early: Double, late: Double
    ) {
        #expect(horizon.accepts(early + 0.1) && horizon.accepts(late - 0.1))
        #expect(!horizon.accepts(early) && !horizon.accepts(late))
    }

    @Test func `the spans follow each other from now to half an hour`() {
        let spans = Horizon.allCases.map(\.minutes)
        #expect(spans.first?.lowerBound == 0 && spans.last?.upperBound == 30)
        #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    }
}
