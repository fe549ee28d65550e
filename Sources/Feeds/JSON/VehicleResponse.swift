public import ETAEngine
import TransitModel

/// `GET /api/v1/vehicles/{vehicle_id}`.
public struct VehicleResponse: Codable, Hashable, Sendable {
    /// A call that the vehicle will make on its run.
    public struct NextStop: Codable, Hashable, Sendable {
        /// GTFS stop id.
        public var stopID: String
        /// Name for riders.
        public var name: String
        /// `stop_sequence` of the call.
        public var stopSequence: Int
        /// What the timetable promises; null where only a headway is promised.
        @Nullable public var scheduledArrival: Int64?
        /// When it will come, in seconds since 1970.
        public var predictedArrival: Int64
        /// Whole minutes until then, at least 0.
        public var minutes: Int
        /// Half-width in seconds of the interval that holds the truth in 80 % of cases.
        public var uncertaintyS: Int

        enum CodingKeys: String, CodingKey {
            case name, minutes
            case stopID = "stop_id"
            case stopSequence = "stop_sequence"
            case scheduledArrival = "scheduled_arrival"
            case predictedArrival = "predicted_arrival"
            case uncertaintyS = "uncertainty_s"
        }
    }

    /// When the answer was made, in seconds since 1970.
    public var generatedAt: Int64
    /// The vehicle.
    public var vehicle: VehicleRow
    /// Its calls ahead, in order; empty without a run.
    public var nextStops: [NextStop]

    enum CodingKeys: String, CodingKey {
        case generatedAt = "generated_at"
        case vehicle
        case nextStops = "next_stops"
    }

    /// Tells of a vehicle and where it will be when.
    public init(_ status: VehicleStatus, in snapshot: Snapshot) {
        generatedAt = snapshot.madeAt.unix
        vehicle = VehicleRow(status, in: snapshot.network, at: snapshot.madeAt)
        let run = snapshot.trips.first {
            $0.vehicleID == status.vehicleID && $0.instance == status.instance
        }
        nextStops = run.map { run in run.stops.map { NextStop($0, of: run, in: snapshot) } } ?? []
    }
}

extension VehicleResponse.NextStop {
    init(_ stop: StopPrediction, of trip: TripPrediction, in snapshot: Snapshot) {
        let network = snapshot.network
        let pattern = network.patterns[trip.pattern]
        let place = network.stops[pattern.stops[stop.position]]
        stopID = place.id
        name = place.name
        stopSequence = Int(pattern.sequences[stop.position])
        scheduledArrival = network.scheduledArrival(of: trip.instance, at: stop.position)
        predictedArrival = stop.arrival.unix
        minutes = wholeMinutes(from: snapshot.madeAt, to: stop.arrival)
        uncertaintyS = stop.uncertainty.whole
    }
}

extension Network {
    /// What the timetable promises, in seconds since 1970; nil where only a headway is promised.
    func scheduledArrival(of instance: TripInstance, at position: Int) -> Int64? {
        trips[instance.trip].isHeadwayOnly
            ? nil : scheduled(instance, at: position).arrival.unix
    }
}
