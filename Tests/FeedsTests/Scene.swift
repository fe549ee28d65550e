import ETAEngine
import Feeds
import Geometry
import TransitModel

/// Buses in town at one moment, from which a snapshot is made.
struct Scene {
    var network = Town.network
    var madeAt = Town.moment("08:05:00")
    var vehicles: [VehicleStatus] = []
    var trips: [TripPrediction] = []

    /// What is published at that moment.
    var header: Int64 { madeAt.unix }

    var snapshot: Snapshot {
        Snapshot(
            network: network, madeAt: madeAt, lastReceivedAt: madeAt - 2,
            vehicles: vehicles.sorted { $0.vehicleID < $1.vehicleID }, trips: trips)
    }

    /// What an encoder that keeps nothing yet makes of it.
    func feeds(alerts: [Alert] = [], version: String = "v") -> EncodedFeeds {
        var encoder = FeedEncoder()
        return encoder.encode(
            snapshot, alerts: alerts, header: FeedHeader(timestamp: header, feedVersion: version))
    }

    /// Puts a bus 100 m before a stop of its run, with predictions two minutes apart from there on.
    mutating func addBus(
        _ id: String, on run: TripInstance, before stop: Int = 2, source: PredictionSource = .live,
        change: (inout VehicleStatus) -> Void = { _ in }
    ) {
        let pattern = network.trips[run.trip].pattern
        let distance = max(0, network.patterns[pattern].distances[stop] - 100)
        var vehicle = VehicleStatus(
            vehicleID: id, coordinate: place(on: pattern, at: distance), fixTime: madeAt - 10,
            state: source == .terminal ? .layover : .inService)
        vehicle.instance = run
        vehicle.pattern = pattern
        vehicle.distanceAlong = distance
        vehicle.offset = 4
        vehicle.nextStop = stop
        vehicle.confidence = 0.9
        vehicle.speed = 8
        vehicle.bearing = 90
        change(&vehicle)
        vehicles.append(vehicle)
        addTrip(run, vehicle: id, from: stop, source: source)
    }

    /// Foretells a run from a stop on, the first in 60 seconds, the others two minutes apart.
    mutating func addTrip(
        _ run: TripInstance, vehicle: String?, from stop: Int = 0,
        source: PredictionSource = .nextTrip
    ) {
        let pattern = network.trips[run.trip].pattern
        let stops = (stop..<network.patterns[pattern].stops.count).map { position in
            let arrival = madeAt + 60 + Double(position - stop) * 120
            return StopPrediction(
                position: position, arrival: arrival, departure: arrival + 15,
                uncertainty: 20 + Double(position - stop) * 10)
        }
        var trip = TripPrediction(
            instance: run, pattern: pattern, vehicleID: vehicle, source: source,
            fixTime: vehicle == nil ? nil : madeAt - 10, stops: stops)
        trip.distanceAlong = max(0, network.patterns[pattern].distances[stop] - 100)
        trips.append(trip)
    }

    /// A bus without a run.
    mutating func addStray(_ id: String, state: VehicleState = .unassigned, age: Double = 10) {
        vehicles.append(
            VehicleStatus(
                vehicleID: id, coordinate: place(on: PatternIndex(0), at: 700),
                fixTime: madeAt - age, state: state)
        )
    }

    private func place(on pattern: PatternIndex, at distance: Double) -> Coordinate {
        network.plane.coordinate(network.patterns[pattern].line.point(at: distance))
    }
}

/// Random numbers that a seed repeats (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
