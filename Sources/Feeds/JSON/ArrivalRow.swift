public import ETAEngine
import TransitModel

/// One arrival at a stop.
public struct ArrivalRow: Codable, Hashable, Sendable {
    /// GTFS route id.
    public var routeID: String
    /// Name of the route for riders.
    public var routeName: String
    /// Colour of the route, six hex digits without `#`.
    public var color: String
    /// What the bus shows.
    public var headsign: String
    /// GTFS direction.
    @Nullable public var directionID: Int?
    /// The vehicle that comes; null for the timetable alone.
    @Nullable public var vehicleID: String?
    /// GTFS trip id.
    public var tripID: String
    /// Service date, `YYYYMMDD`.
    public var startDate: String
    /// Start of the run, `HH:MM:SS`.
    public var startTime: String
    /// `stop_sequence` of the call.
    public var stopSequence: Int
    /// What the timetable promises; null where only a headway is promised.
    @Nullable public var scheduledArrival: Int64?
    /// When the bus will come, in seconds since 1970.
    public var predictedArrival: Int64
    /// Whole minutes until then, at least 0.
    public var minutes: Int
    /// Half-width in seconds of the interval that holds the truth in 80 % of cases.
    public var uncertaintyS: Int
    /// Stops between the bus and this one, 0 when it is the next; null unless live.
    @Nullable public var stopsAway: Int?
    /// Metres along the line from the bus to the stop; null unless live.
    @Nullable public var distanceM: Int?
    /// Age in seconds of the fix behind the row; null for the timetable alone.
    @Nullable public var ageS: Int?
    /// `live`, `terminal`, `next_trip` or `schedule`.
    public var source: String
    /// `on_time`, `late` (from 5 minutes), `early` (from 1 minute), `unscheduled` where only a
    /// headway is promised, `scheduled` for the timetable alone.
    public var status: String
    /// How full the bus is, by the name in GTFS-Realtime.
    @Nullable public var occupancy: String?

    enum CodingKeys: String, CodingKey {
        case color, headsign, minutes, source, status, occupancy
        case routeID = "route_id"
        case routeName = "route_name"
        case directionID = "direction_id"
        case vehicleID = "vehicle_id"
        case tripID = "trip_id"
        case startDate = "start_date"
        case startTime = "start_time"
        case stopSequence = "stop_sequence"
        case scheduledArrival = "scheduled_arrival"
        case predictedArrival = "predicted_arrival"
        case uncertaintyS = "uncertainty_s"
        case stopsAway = "stops_away"
        case distanceM = "distance_m"
        case ageS = "age_s"
    }

    /// Tells of an arrival of a snapshot.
    public init(_ arrival: Arrival, in snapshot: Snapshot) {
        let (trip, stop, network) = (arrival.trip, arrival.stop, snapshot.network)
        let run = RunIdentity(trip.instance, in: network)
        let pattern = network.patterns[trip.pattern]
        let route = network.routes[pattern.route]
        let isLive = trip.source == .live
        let vehicle = trip.vehicleID.flatMap { snapshot.vehicle(id: $0) }
        let scheduled = network.scheduledArrival(of: trip.instance, at: stop.position)
        routeID = route.id
        routeName = route.name
        color = route.color
        headsign = network.headsign(of: trip.instance.trip)
        directionID = run.directionID
        vehicleID = trip.vehicleID
        tripID = run.tripID
        startDate = run.startDate
        startTime = run.startTime
        stopSequence = Int(pattern.sequences[stop.position])
        scheduledArrival = scheduled
        predictedArrival = stop.arrival.unix
        minutes = wholeMinutes(from: snapshot.madeAt, to: stop.arrival)
        uncertaintyS = stop.uncertainty.whole
        stopsAway = isLive ? vehicle?.stopsAway(from: stop.position, on: trip.instance) : nil
        distanceM =
            isLive
            ? trip.distanceAlong.map {
                max(0, (pattern.distances[stop.position] - $0).whole)
            } : nil
        ageS = trip.fixTime.map { age(of: $0, at: snapshot.madeAt) }
        source = trip.source.rawValue
        status = Self.status(of: trip.source, predictedArrival, scheduled)
        let isNear = isLive || trip.source == .terminal
        occupancy = isNear ? vehicle?.occupancy?.name : nil
    }

    private static func status(
        of source: PredictionSource, _ predicted: Int64, _ scheduled: Int64?
    ) -> String {
        if source == .schedule { return "scheduled" }
        guard let scheduled else { return "unscheduled" }
        let delay = predicted - scheduled
        return delay >= 300 ? "late" : delay <= -60 ? "early" : "on_time"
    }
}

/// Whole minutes from now to a moment, at least 0.
func wholeMinutes(from now: Timestamp, to moment: Timestamp) -> Int {
    max(0, Int(moment.unix - now.unix) / 60)
}

/// Whole seconds since a moment, at least 0.
func age(of moment: Timestamp, at now: Timestamp) -> Int {
    max(0, Int((now - moment).rounded(.down)))
}

extension VehicleStatus {
    /// Stops between the vehicle and one of the run it is on; nil on another run or beyond the stop.
    func stopsAway(from position: Int, on run: TripInstance) -> Int? {
        guard let nextStop, instance == run, nextStop <= position else { return nil }
        return position - nextStop
    }
}
