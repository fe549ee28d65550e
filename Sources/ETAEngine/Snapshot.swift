public import Geometry
public import TransitModel

/// What a vehicle is doing, as far as movement shows.
public enum VehicleState: String, Hashable, Sendable, CaseIterable {
    /// Running a trip.
    case inService = "in_service"
    /// Waiting at the start of its next trip.
    case layover
    /// On a run, but away from its line for long enough to be believed.
    case offRoute = "off_route"
    /// Without a run and away from every line: on its way to work, or home.
    case deadheading
    /// Seen, but no trip is likely enough yet.
    case unassigned
    /// At rest for so long that it is out of service.
    case parked
    /// Not heard from for too long to say anything.
    case silent
}

/// Where a vehicle stands relative to its next stop, as GTFS-Realtime's VehicleStopStatus.
public enum StopStatus: Int, Hashable, Sendable {
    case incomingAt = 0
    case stoppedAt = 1
    case inTransitTo = 2
}

/// One vehicle at the moment of a snapshot.
public struct VehicleStatus: Hashable, Sendable {
    /// Who it is, as its pings say.
    public var vehicleID: String
    /// Last believed position.
    public var coordinate: Coordinate
    /// When the fix of that position was taken.
    public var fixTime: Timestamp
    /// Metres a second, if measured.
    public var speed: Double?
    /// Degrees clockwise from north, if measured; never derived from movement.
    public var bearing: Double?
    /// How full it is, if known.
    public var occupancy: Occupancy?
    /// What it is doing.
    public var state: VehicleState
    /// The run it is on, or will start next while in layover; nil in every other state.
    public var instance: TripInstance?
    /// The pattern of that run.
    public var pattern: PatternIndex?
    /// Metres along the pattern's line.
    public var distanceAlong: Double?
    /// Metres from the pattern's line.
    public var offset: Double?
    /// Position in the pattern of the next stop, or of the stop where it stands.
    public var nextStop: Int?
    /// Standing at, arriving at or moving to `nextStop`.
    public var stopStatus: StopStatus
    /// Probability from 0 to 1 that pattern and direction are right.
    public var confidence: Double
    /// Seconds late (+) or early (-) against the timetable; nil without a timetable.
    public var delay: Double?
    /// Route the source claims, for vehicles without a run.
    public var claimedRoute: RouteIndex?

    /// Makes a status.
    public init(
        vehicleID: String, coordinate: Coordinate, fixTime: Timestamp, state: VehicleState
    ) {
        self.vehicleID = vehicleID
        self.coordinate = coordinate
        self.fixTime = fixTime
        self.state = state
        stopStatus = .inTransitTo
        confidence = 0
    }
}

/// What a prediction rests on.
public enum PredictionSource: String, Hashable, Sendable, CaseIterable {
    /// A vehicle under way on this very trip.
    case live
    /// A vehicle that waits for this trip's departure.
    case terminal
    /// A vehicle that still has another trip to finish first.
    case nextTrip = "next_trip"
    /// The timetable alone.
    case schedule
}

/// Predicted times of one run at one stop.
public struct StopPrediction: Hashable, Sendable {
    /// Position of the stop in the pattern, from 0.
    public var position: Int
    /// When the vehicle will arrive.
    public var arrival: Timestamp
    /// When it will leave, never before it arrives.
    public var departure: Timestamp
    /// Half-width in seconds of the interval that holds the truth in 80 % of cases.
    public var uncertainty: Double
    /// Seconds by which past errors moved the arrival.
    var shift: Float = 0
    /// Half-width that the model gave the interval, in seconds; 0 where it gave none.
    var spread: Float = 0

    /// Makes a prediction.
    public init(position: Int, arrival: Timestamp, departure: Timestamp, uncertainty: Double) {
        self.position = position
        self.arrival = arrival
        self.departure = departure
        self.uncertainty = uncertainty
    }
}

/// All that is foretold of one run.
public struct TripPrediction: Hashable, Sendable {
    /// The run.
    public var instance: TripInstance
    /// Its pattern.
    public var pattern: PatternIndex
    /// The vehicle that runs it; nil for the timetable alone.
    public var vehicleID: String?
    /// What the prediction rests on.
    public var source: PredictionSource
    /// The fix behind it; nil for the timetable alone.
    public var fixTime: Timestamp?
    /// Seconds late (+) or early (-) at the last fix; nil without a timetable.
    public var delay: Double?
    /// Metres along the line at the last fix; nil before the run has begun.
    public var distanceAlong: Double?
    /// The stops ahead, in order, with times that strictly rise from stop to stop.
    public var stops: [StopPrediction]
    /// Stops already passed whose scheduled time is still ahead, with the observed times: consumers
    /// would fall back to the timetable if these were left out.
    public var passedEarly: [StopPrediction]

    /// Makes a prediction.
    public init(
        instance: TripInstance, pattern: PatternIndex, vehicleID: String?,
        source: PredictionSource, fixTime: Timestamp?, stops: [StopPrediction]
    ) {
        self.instance = instance
        self.pattern = pattern
        self.vehicleID = vehicleID
        self.source = source
        self.fixTime = fixTime
        self.stops = stops
        passedEarly = []
    }
}

/// Everything the service knows at one moment; immutable, so readers share it without a lock.
public struct Snapshot: Sendable {
    /// The timetable it speaks of.
    public let network: Network
    /// The moment it was made.
    public let madeAt: Timestamp
    /// When the newest ping was received; nil before the first.
    public let lastReceivedAt: Timestamp?
    /// Every vehicle heard from lately, by id.
    public let vehicles: [VehicleStatus]
    /// Every run foretold, by trip, date and start; at most one per run.
    public let trips: [TripPrediction]
    /// Ways around the regular one that buses seem to take now, the latest first.
    public let suspectedDetours: [SuspectedDetour]

    private let index: SnapshotIndex

    /// Makes a snapshot.
    public init(
        network: Network, madeAt: Timestamp, lastReceivedAt: Timestamp?,
        vehicles: [VehicleStatus], trips: [TripPrediction],
        suspectedDetours: [SuspectedDetour] = []
    ) {
        self.network = network
        self.madeAt = madeAt
        self.lastReceivedAt = lastReceivedAt
        self.vehicles = vehicles
        self.trips = trips
        self.suspectedDetours = suspectedDetours
        index = SnapshotIndex(vehicles)
    }

    /// Where a vehicle stands in ``vehicles``.
    public func position(ofVehicle id: String) -> Int? { index.vehicles[id] }

    /// The vehicle with an id.
    public func vehicle(id: String) -> VehicleStatus? {
        position(ofVehicle: id).map { vehicles[$0] }
    }

    /// The arrivals foretold at a stop from `madeAt` on, soonest first.
    ///
    /// Whoever asks first puts those of all stops in order.
    public func arrivals(at stop: StopIndex) -> [Arrival] {
        index.arrivals(trips, network)[stop.position].map { reference in
            let trip = trips[reference.trip]
            return Arrival(trip: trip, stop: trip.stops[reference.stop])
        }
    }
}

/// One arrival at a stop, with the run it belongs to.
public struct Arrival: Sendable {
    /// The run.
    public let trip: TripPrediction
    /// The call.
    public let stop: StopPrediction
}
