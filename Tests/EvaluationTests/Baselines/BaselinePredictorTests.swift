import ETAEngine
import Testing
import TransitModel

@testable import Evaluation

struct BaselinePredictorTests {
    private var street = Street(tripCount: 2, block: "B")

    /// A predictor that has seen the pings of the first bus up to a moment of its run.
    private func predictor(
        _ method: BaselineMethod = .deviation, late: Double = 0, until moment: Double
    ) throws -> BaselinePredictor {
        var predictor = BaselinePredictor(
            method, roster: try street.roster(), network: try street.network())
        for ping in street.pings(of: 0, late: late)
        where ping.timestamp.seconds <= street.start(0) + moment {
            _ = try predictor.receive(ping)
        }
        return predictor
    }

    private func predictions(
        _ method: BaselineMethod = .deviation, late: Double = 0, at moment: Double
    ) throws -> [TripPrediction] {
        try predictor(method, late: late, until: moment).predictions(at: street.start(0) + moment)
    }

    @Test func `the timetable speaks of every run around now, of the stops ahead`() throws {
        let predictions = try predictions(.schedule, at: 1200)
        #expect(predictions.map(\.source) == [.schedule, .schedule])
        #expect(predictions.map(\.vehicleID) == [nil, nil])
        #expect(predictions[0].stops.map(\.position) == Array(10...24))
        #expect(predictions[0].stops[0].arrival.seconds == street.arrival(0, 10))
        // The second run starts in 40 minutes; what is over 45 minutes ahead is not told.
        #expect(predictions[1].stops.map(\.position) == [0, 1, 2])
    }

    @Test func `a late bus carries its lateness on, and into the next run of its block`() throws {
        let predictions = try predictions(late: 900, at: 2400)
        let current = try #require(predictions.first)
        #expect(current.vehicleID == "v0")
        #expect(current.source == .live)
        #expect(current.stops.first?.position == 12)
        #expect(abs((current.stops.first?.arrival.seconds ?? 0) - street.arrival(0, 12) - 900) < 1)
        let next = try #require(predictions.dropFirst().first)
        #expect(next.vehicleID == "v0")
        #expect(next.source == .nextTrip)
        // It is free at 3120 + 900 s, the run starts at 3600 s.
        #expect(abs((next.stops.first?.arrival.seconds ?? 0) - street.start(1) - 420) < 1)
        #expect(predictions.count == 2)
    }

    @Test func `a bus that waits for its start stands at the terminal`() throws {
        let predictions = try predictions(at: -300)
        #expect(predictions.first?.source == .terminal)
        #expect(predictions.first?.stops.first?.arrival.seconds == street.start(0))
    }

    @Test func `a run that nobody is on yet is foretold by the timetable`() throws {
        let street = Street(tripCount: 2)
        var predictor = BaselinePredictor(
            .deviation, roster: try street.roster(), network: try street.network())
        for ping in street.pings(of: 0) where ping.timestamp.seconds <= street.start(0) + 1200 {
            _ = try predictor.receive(ping)
        }
        let predictions = predictor.predictions(at: street.start(0) + 1200)
        #expect(predictions.map(\.source) == [.live, .schedule])
    }

    @Test(arguments: [(360.0, true), (361, false)])
    func `six minutes after its last fix a bus is given up`(silence: Double, isTold: Bool) throws {
        let predictor = try predictor(until: 1200)
        let predictions = predictor.predictions(at: street.start(0) + 1200 + silence)
        #expect(predictions.contains { $0.vehicleID == "v0" } == isTold)
    }

    @Test(arguments: [(BaselineMethod.kalman, false), (.deviation, true)])
    func `how long a run without a bus is awaited depends on the method`(
        method: BaselineMethod, isTold: Bool
    ) throws {
        let predictor = BaselinePredictor(
            method, roster: try street.roster(), network: try street.network())
        let predictions = predictor.predictions(at: street.start(0) + 500)
        #expect(predictions.contains { $0.stops.first?.position == 4 } == isTold)
    }

    @Test func `what lies more than 30 s back is not told`() throws {
        let predictor = try predictor(.kalman, until: 1200)
        let now = street.start(0) + 1500
        let stops = try #require(predictor.predictions(at: now).first?.stops)
        #expect(stops.allSatisfy { $0.arrival.seconds > now - 30 })
        #expect(stops.first?.position == 12)
        #expect(stops.allSatisfy { $0.uncertainty.isNaN })
    }
}
