import Testing

@testable import Evaluation

@Suite struct `Doubt about a label` {
    private let street: TwoWayStreet

    init() throws { street = try TwoWayStreet() }

    private func marks(_ samples: [TrackingSample]) -> [Bool] {
        LabelDoubt(network: street.network).marks(of: samples)
    }

    /// A bus labelled as on a trip, every minute at another place up the street.
    private func drive(_ trip: String, from start: Double = 0, ys: [Double]) throws
        -> [TrackingSample]
    {
        try ys.enumerated().map {
            try street.sample(
                start + Double($0) * 60, street.truth(trip), shown: nil, y: $1)
        }
    }

    @Test func `a bus that goes backwards along its trip is not on it`() throws {
        let ys = [3000.0, 2700, 2400, 2100]
        #expect(try marks(drive("up1", ys: ys)) == [true, true, true, true])
        #expect(try marks(drive("down1", ys: ys)) == [false, false, false, false])
    }

    @Test func `a bus that stands or rocks a little is not doubted`() throws {
        #expect(try marks(drive("up1", ys: [2000, 1950, 1900, 1950])).allSatisfy { !$0 })
    }

    @Test func `the way back of the trip before does not tell against a bus that turned`() throws {
        let samples =
            try drive("down1", ys: [600, 300, 0]) + drive("up1", from: 180, ys: [0, 300, 600])
        #expect(marks(samples).allSatisfy { !$0 })
    }

    @Test func `a label that flickers is doubted, one at the end of a record is not`() throws {
        let still = [Double](repeating: 0, count: 3)
        let samples =
            try drive("up1", ys: still) + drive("up2", from: 180, ys: still)
            + drive("up1", from: 360, ys: still)
        #expect(marks(samples) == [false, false, false, true, true, true, false, false, false])
    }

    @Test func `a label that holds for five minutes does not flicker`() throws {
        let samples =
            try drive("up1", ys: [0]) + drive("up2", from: 60, ys: [0, 0, 0, 0, 0, 0])
            + drive("up1", from: 420, ys: [0])
        #expect(marks(samples).allSatisfy { !$0 })
    }
}
