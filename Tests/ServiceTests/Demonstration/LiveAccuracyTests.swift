import ETAEngine
import Foundation
import Testing
import TransitModel

@testable import Service
@testable import Simulation

@Suite struct `Live accuracy` {
    private let network = LoopbackTown.network
    private let nine = LoopbackTown.nine

    private func prediction(
        _ vehicleID: String?,
        pattern: Int = 0,
        position: Int,
        arrival: Timestamp
    ) -> TripPrediction {
        TripPrediction(
            instance: TripInstance(
                trip: TripIndex(pattern),
                serviceDate: network.serviceDay.date(at: nine)
            ),
            pattern: PatternIndex(pattern),
            vehicleID: vehicleID,
            source: .live,
            fixTime: nine,
            stops: [
                StopPrediction(
                    position: position,
                    arrival: arrival,
                    departure: arrival,
                    uncertainty: 30
                )
            ]
        )
    }

    private func snapshot(at second: Double, _ trips: TripPrediction...) -> Snapshot {
        Snapshot(
            network: network,
            madeAt: nine + second,
            lastReceivedAt: nil,
            vehicles: [],
            trips: trips
        )
    }

    private func truth(
        _ vehicleID: String = "7",
        pattern: Int = 0,
        position: Int = 5,
        at second: Double
    ) -> TrueStopEvent {
        TrueStopEvent(
            vehicleID: vehicleID,
            pattern: PatternIndex(pattern),
            trip: TripIndex(pattern),
            serviceDate: network.serviceDay.date(at: nine),
            startTime: ServiceTime(0),
            position: position,
            arrival: nine + second,
            departure: nine + second + 10
        )
    }

    private func accuracy(_ snapshots: Snapshot...) -> LiveAccuracy {
        var accuracy = LiveAccuracy(network: network)
        for snapshot in snapshots { accuracy.remember(snapshot) }
        return accuracy
    }

    @Test func `nothing is claimed before anything has happened`() {
        let summary = accuracy().summary
        #expect(summary.since == nil)
        #expect(summary.horizons.map(\.minutesAhead) == [2, 5, 10])
        #expect(summary.horizons.allSatisfy { $0.coverage == nil && $0.bias == nil })
    }

    @Test func `an arrival is compared with what was foretold two minutes before`() {
        var accuracy = accuracy(
            snapshot(at: 0, prediction("7", position: 5, arrival: nine + 100)),
            snapshot(at: 60, prediction("7", position: 5, arrival: nine + 170))
        )
        accuracy.score([truth(at: 130)])
        let two = accuracy.summary.horizons[0]
        #expect(two.arrivals == 1)
        #expect(two.predicted == 1)
        #expect(two.coverage == 1)
        #expect(two.bias == 30)
        #expect(two.meanAbsoluteError == 30)
        #expect(two.withinBounds == 1)
        #expect(accuracy.summary.horizons[1].arrivals == 0)
        #expect(accuracy.summary.since == nine.unix)
    }

    @Test func `errors of both signs do not cancel out in the absolute mean`() {
        var accuracy = accuracy(
            snapshot(
                at: 0,
                prediction("7", position: 5, arrival: nine + 100),
                prediction("8", position: 5, arrival: nine + 160)
            )
        )
        accuracy.score([truth(at: 120), truth("8", at: 120)])
        let two = accuracy.summary.horizons[0]
        #expect(two.meanAbsoluteError == 30)
        #expect(two.bias == -10)
    }

    @Test func `silence is a miss`() {
        var accuracy = accuracy(snapshot(at: 0, prediction("8", position: 5, arrival: nine + 120)))
        accuracy.score([truth(at: 120), truth("8", at: 120)])
        let two = accuracy.summary.horizons[0]
        #expect(two.arrivals == 2)
        #expect(two.coverage == 0.5)
        #expect(two.withinBounds == 0.5)
        #expect(two.meanAbsoluteError == 0)
    }

    @Test func `times before the service was up, first stops and gaps do not count`() {
        var accuracy = accuracy(snapshot(at: 0), snapshot(at: 300))
        accuracy.score([truth(at: 119), truth(position: 0, at: 120), truth(at: 120 + 61)])
        #expect(accuracy.summary.horizons[0].arrivals == 0)
        #expect(accuracy.summary.arrivals == 2)
    }

    @Test func `the same stop on another pattern counts when that is all that was foretold`() {
        var accuracy = accuracy(
            snapshot(
                at: 0,
                prediction("7", position: 6, arrival: nine + 60),
                prediction("7", pattern: 1, position: 5, arrival: nine + 70)
            )
        )
        accuracy.score([truth(at: 120)])
        #expect(accuracy.summary.horizons[0].predicted == 0)
    }

    @Test func `of two calls at a stop the next one is meant`() {
        var accuracy = accuracy(
            snapshot(
                at: 0,
                prediction("7", position: 5, arrival: nine + 4000),
                prediction("7", position: 5, arrival: nine + 110)
            )
        )
        accuracy.score([truth(at: 120)])
        #expect(accuracy.summary.horizons[0].bias == 10)
    }

    @Test func `samples are half a minute apart and forgotten after a quarter of an hour`() {
        var accuracy = LiveAccuracy(network: network)
        for second in 0...3600 {
            let error = second % 30 == 0 ? 0.0 : 1000
            accuracy.remember(
                snapshot(
                    at: Double(second),
                    prediction("7", position: 5, arrival: nine + Double(second) + 120 + error)
                )
            )
        }
        accuracy.score([truth(at: 3600), truth(at: 120)])
        #expect(accuracy.summary.horizons[0].arrivals == 1)
        #expect(accuracy.summary.horizons[0].meanAbsoluteError == 0)
    }

    @Test func `snapshots of another timetable are passed over`() throws {
        var parts = Network.Parts()
        parts.agencies = Table([Agency(id: "X", name: "X", timeZone: "Asia/Jakarta")])
        let other = try #require(Network(parts))
        var accuracy = LiveAccuracy(network: network)
        accuracy.remember(
            Snapshot(network: other, madeAt: nine, lastReceivedAt: nil, vehicles: [], trips: [])
        )
        #expect(accuracy.summary.since == nil)
    }

    @Test(arguments: [
        (179.0, 59.9, true), (179, 60, false), (179, -60, false), (180, 119, true),
        (359, -90, false), (360, 209, true), (360, -149, true), (720, 359, true),
        (720, -240, false),
    ])
    func `bounds widen with the time ahead`(ahead: Double, error: Double, isWithin: Bool) {
        #expect(HorizonScore.isWithinBounds(error: error, ahead: ahead) == isWithin)
    }

    @Test func `the summary reads as JSON with units in its names`() throws {
        var accuracy = accuracy(snapshot(at: 0, prediction("7", position: 5, arrival: nine + 100)))
        accuracy.score([truth(at: 120)])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(accuracy.summary), as: UTF8.self)
        #expect(
            json.contains(
                #"{"arrivals":1,"bias_s":20,"coverage":1,"mean_absolute_error_s":20,"#
                    + #""minutes_ahead":2,"predicted":1,"within_bounds":1}"#
            )
        )
    }
}
