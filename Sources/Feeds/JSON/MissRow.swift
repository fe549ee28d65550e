public import ETAEngine
import Geometry
import TransitModel

/// A run of which riders were told wrong, or nothing, some ten minutes before it came.
public struct MissRow: Codable, Hashable, Sendable {
    /// Who ran it.
    public var vehicleID: String
    /// GTFS route id.
    public var routeID: String
    /// GTFS direction; null when the feed gave none.
    @Nullable public var directionID: Int?
    /// GTFS trip id.
    public var tripID: String
    /// Service date as `YYYYMMDD`.
    public var startDate: String
    /// The stop at which it was worst.
    public var stopID: String
    /// What riders call it.
    public var stopName: String
    /// At how many stops of the run it was so, for the same reason.
    public var stops: Int
    /// `under_way` or `before_departure`.
    public var phase: String
    /// Why, as in the causes of scores.
    public var cause: String
    /// When the bus came, or left its first stop, in seconds since 1970.
    public var arrivedAt: Int64
    /// When riders were told, in seconds since 1970; null when they were not.
    @Nullable public var madeAt: Int64?
    /// What they were told, in seconds since 1970.
    @Nullable public var predictedArrival: Int64?
    /// What that rested on.
    @Nullable public var source: String?
    /// How old the vehicle's last fix was then; null without one.
    @Nullable public var fixAgeS: Int?
    /// Seconds by which the bus came later than foretold.
    @Nullable public var errorS: Int?
    /// What was told last before it came, in seconds since 1970; null for nothing.
    @Nullable public var lastPredictedArrival: Int64?

    enum CodingKeys: String, CodingKey {
        case stops, phase, cause, source
        case vehicleID = "vehicle_id"
        case routeID = "route_id"
        case directionID = "direction_id"
        case tripID = "trip_id"
        case startDate = "start_date"
        case stopID = "stop_id"
        case stopName = "stop_name"
        case arrivedAt = "arrived_at"
        case madeAt = "made_at"
        case predictedArrival = "predicted_arrival"
        case fixAgeS = "fix_age_s"
        case errorS = "error_s"
        case lastPredictedArrival = "last_predicted_arrival"
    }

    /// Tells of a miss that stands for so many.
    public init(_ miss: Miss, stops: Int = 1) {
        vehicleID = miss.vehicleID
        routeID = miss.routeID
        directionID = miss.directionID
        tripID = miss.tripID
        startDate = miss.serviceDate.text
        stopID = miss.stopID
        stopName = miss.stopName
        self.stops = stops
        phase = miss.phase.rawValue
        cause = miss.cause.rawValue
        arrivedAt = miss.arrival.unix
        madeAt = miss.answer?.madeAt.unix
        predictedArrival = miss.answer?.predicted.unix
        source = miss.answer?.source.rawValue
        fixAgeS = miss.answer?.fixAge.map { Int($0.rounded()) }
        errorS = miss.error.map { Int($0.rounded()) }
        lastPredictedArrival = miss.lastAnswer?.predicted.unix
    }

    /// One row for all misses of a run that have one cause: that of the first, which is the worst.
    public static func byRun(_ misses: [Miss]) -> [MissRow] {
        struct Run: Hashable {
            var vehicleID: String
            var tripID: String
            var date: ServiceDate
            var cause: MissCause
        }
        var rows: [MissRow] = []
        var places: [Run: Int] = [:]
        for miss in misses {
            let run = Run(
                vehicleID: miss.vehicleID, tripID: miss.tripID, date: miss.serviceDate,
                cause: miss.cause)
            if let place = places[run] {
                rows[place].stops += 1
            } else {
                places[run] = rows.count
                rows.append(MissRow(miss))
            }
        }
        return rows
    }
}
