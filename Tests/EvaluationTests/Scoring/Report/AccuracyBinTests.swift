import Testing

@testable import Evaluation

struct AccuracyBinTests {
    @Test(
        arguments: [
            (0, -60.0, 60.0), (1, -90, 120), (2, -150, 210), (3, -240, 360),
        ]
    )
    func `the ends of an MBTA bin are out`(bin: Int, low: Double, high: Double) {
        let bin = AccuracyBin.mbta[bin]
        #expect(!bin.accepts(low) && !bin.accepts(high))
        #expect(bin.accepts(low.nextUp) && bin.accepts(high.nextDown))
    }

    @Test(
        arguments: [
            (0, -30.0, 90.0), (1, -60, 150), (2, -60, 210), (3, -90, 270),
        ]
    )
    func `the ends of a Transit bin are in`(bin: Int, low: Double, high: Double) {
        let bin = AccuracyBin.transit[bin]
        #expect(bin.accepts(low) && bin.accepts(high))
        #expect(!bin.accepts(low.nextDown) && !bin.accepts(high.nextUp))
    }

    @Test func `a lead on the border belongs to the later bin`() {
        func bin(_ bins: [AccuracyBin], _ lead: Double) -> String? {
            bins.first { $0.lead.contains(lead) }?.name
        }
        #expect(bin(AccuracyBin.mbta, 179.9) == "0-3" && bin(AccuracyBin.mbta, 180) == "3-6")
        #expect(bin(AccuracyBin.mbta, -20) == "0-3" && bin(AccuracyBin.mbta, 5000) == "12-30")
        #expect(bin(AccuracyBin.transit, 899) == "10-15" && bin(AccuracyBin.transit, 900) == nil)
    }
}
