import ETAEngine
import Evaluation
import Geometry
import Testing
import TransitModel

/// Buses that run up a straight street of 25 stops, one trip each, exactly 130 s from stop to stop.
///
/// Trip `t0` leaves at 06:00 UTC, `t1` an hour later and so on; each bus waits 20 minutes at the
/// first stop and reports every 30 s.
struct Street {
    static let link = 130.0
    static let stopCount = 25
    static let date = ServiceDate(dayNumber: 19_737)
    static let origin = Double(date.dayNumber) * 86_400

    var tripCount = 3
    /// The block of all trips.
    var block: String?

    func trip(_ index: Int) -> String { "t\(index)" }

    func vehicle(_ index: Int) -> String { "v\(index)" }

    func stop(_ position: Int) -> String { "s\(position)" }

    /// When a trip really leaves its first stop.
    func start(_ index: Int) -> Double { Self.origin + 21_600 + Double(index) * 3600 }

    func arrival(_ index: Int, _ position: Int) -> Double {
        start(index) + Double(position) * Self.link
    }

    func coordinate(_ position: Double) -> Coordinate {
        Coordinate(latitude: 10 + position * 400 / 110_540, longitude: 20)
    }

    func network() throws -> Network {
        var parts = Network.Parts()
        parts.agencies = Table([Agency(id: "A", name: "A", timeZone: "UTC")])
        parts.services = Table([Service(id: "S", weekdays: 127, added: [Self.date])])
        parts.routes = Table([Route(id: "R", shortName: "R")])
        parts.plane = LocalPlane(origin: coordinate(0))
        parts.stops = Table(
            (0..<Self.stopCount).map {
                Stop(id: stop($0), name: stop($0), coordinate: coordinate(Double($0)))
            }
        )
        parts.patterns = Table([try pattern(on: parts.plane)])
        for index in 0..<tripCount {
            let trip = Trip(
                id: trip(index),
                pattern: PatternIndex(0),
                service: ServiceIndex(0),
                block: block,
                firstStopTime: parts.stopTimes.count
            )
            parts.trips.elements.append(trip)
            parts.stopTimes += (0..<Self.stopCount).map {
                let time = ServiceTime(Int(arrival(index, $0) - Self.origin))
                return StopTime(arrival: time, departure: time)
            }
        }
        return try #require(Network(parts))
    }

    private func pattern(on plane: LocalPlane) throws -> TripPattern {
        let line = try #require(
            Polyline((0..<Self.stopCount).map { plane.point(coordinate(Double($0))) })
        )
        return TripPattern(
            route: RouteIndex(0),
            direction: 0,
            shape: nil,
            stops: (0..<Self.stopCount).map { StopIndex($0) },
            sequences: (1...Int32(Self.stopCount)).map { $0 },
            line: line,
            distances: line.distances
        )
    }

    /// Every real arrival.
    func truth() -> CSVSource {
        var text = "trip_id,vehicle_id,stop_sequence,stop_id,arrival_time,bracket_s\n"
        for index in 0..<tripCount {
            for position in 0..<Self.stopCount {
                let arrival = Int(arrival(index, position))
                text += "\(trip(index)),\(vehicle(index)),\(position + 1),\(stop(position)),"
                text += "\(arrival),30\n"
            }
        }
        return CSVSource(file: "truth.csv", bytes: Array(text.utf8))
    }

    /// What each bus reported, in order of receipt.
    func pings() -> [Ping] {
        var pings: [Ping] = []
        for index in 0..<tripCount {
            let end = arrival(index, Self.stopCount - 1)
            for moment in stride(from: start(index) - 1200, through: end, by: 30) {
                let position = max(0, (moment - start(index)) / Self.link)
                pings.append(
                    Ping(
                        vehicleID: vehicle(index),
                        timestamp: Timestamp(moment),
                        receivedAt: Timestamp(moment),
                        coordinate: coordinate(position),
                        tripID: trip(index)
                    )
                )
            }
        }
        return pings.sorted { $0.receivedAt < $1.receivedAt }
    }

    /// Rows that foretell every arrival `ahead` minutes before, `shift` seconds too late.
    func predictions(
        shift: Double = 0,
        ahead: Int = 40,
        where isKept: (PredictedCall) -> Bool = { _ in true }
    ) -> CSVSource {
        var text = PredictedCall.header
        for index in 0..<tripCount {
            for position in 0..<Self.stopCount {
                let arrival = arrival(index, position)
                let first = (arrival / 60).rounded(.up) * 60
                for step in 1...ahead {
                    let call = PredictedCall(
                        madeAt: first - Double(step) * 60,
                        vehicle: vehicle(index),
                        trip: trip(index),
                        sequence: position + 1,
                        stop: stop(position),
                        arrival: arrival + shift
                    )
                    if isKept(call) { text += call.line }
                }
            }
        }
        return CSVSource(file: "predictions.csv", bytes: Array(text.utf8))
    }
}

/// One row of a prediction file.
struct PredictedCall {
    static let header = "made_at,vehicle_id,trip_id,stop_sequence,stop_id,arrival,uncertainty\n"

    var madeAt: Double
    var vehicle: String
    var trip: String
    var sequence: Int
    var stop: String
    var arrival: Double
    var uncertainty = 40

    var line: String {
        "\(Int(madeAt)),\(vehicle),\(trip),\(sequence),\(stop),\(arrival),\(uncertainty)\n"
    }
}

extension CSVSource {
    /// The same file with more rows at its end.
    func adding(_ calls: PredictedCall...) -> CSVSource {
        CSVSource(file: file, bytes: bytes + calls.flatMap { Array($0.line.utf8) })
    }
}

extension ScoreReport {
    /// The figures of one class.
    func figures(_ sampleClass: SampleClass) throws -> ClassReport {
        try #require(classes.first { $0.sampleClass == sampleClass })
    }
}
