public import ETAEngine
import Geometry
public import TransitModel

/// A vehicle as the map and the dispatcher see it.
public struct VehicleRow: Codable, Hashable, Sendable {
    /// Vehicle id.
    public var id: String
    /// What riders see on it.
    public var label: String
    /// GTFS route of its run, else the route its source claims.
    @Nullable public var routeID: String?
    /// GTFS direction of its run.
    @Nullable public var directionID: Int?
    /// GTFS trip of its run.
    @Nullable public var tripID: String?
    /// Service date of its run, `YYYYMMDD`.
    @Nullable public var startDate: String?
    /// Start of its run, `HH:MM:SS`.
    @Nullable public var startTime: String?
    /// What it shows on its run.
    @Nullable public var headsign: String?
    /// Degrees north.
    public var lat: Double
    /// Degrees east.
    public var lon: Double
    /// Degrees clockwise from north, if measured.
    @Nullable public var bearing: Double?
    /// Metres a second, if measured.
    @Nullable public var speedMPS: Double?
    /// What it does, such as `in_service` or `silent`.
    public var state: String
    /// GTFS id of its next stop, or of the stop where it stands.
    @Nullable public var stopID: String?
    /// `stop_sequence` of that call.
    @Nullable public var currentStopSequence: Int?
    /// `INCOMING_AT`, `STOPPED_AT` or `IN_TRANSIT_TO` that stop.
    @Nullable public var currentStatus: String?
    /// When its last fix was taken, in seconds since 1970.
    public var timestamp: Int64
    /// Age of that fix in seconds.
    public var ageS: Int
    /// Seconds late (+) or early (-); null without a timetable.
    @Nullable public var delayS: Int?
    /// How full it is, by the name in GTFS-Realtime.
    @Nullable public var occupancy: String?
    /// Probability from 0 to 1 that its route and direction are right.
    public var confidence: Double

    enum CodingKeys: String, CodingKey {
        case id, label, headsign, lat, lon, bearing, state, timestamp, occupancy, confidence
        case routeID = "route_id"
        case directionID = "direction_id"
        case tripID = "trip_id"
        case startDate = "start_date"
        case startTime = "start_time"
        case speedMPS = "speed_mps"
        case stopID = "stop_id"
        case currentStopSequence = "current_stop_sequence"
        case currentStatus = "current_status"
        case ageS = "age_s"
        case delayS = "delay_s"
    }

    /// Tells of a vehicle at `now`.
    public init(_ status: VehicleStatus, in network: Network, at now: Timestamp) {
        let run = status.instance.map { RunIdentity($0, in: network) }
        let pattern = status.pattern.map { network.patterns[$0] }
        id = status.vehicleID
        label = status.vehicleID
        routeID = run?.routeID ?? status.claimedRoute.map { network.routes[$0].id }
        directionID = run?.directionID
        tripID = run?.tripID
        startDate = run?.startDate
        startTime = run?.startTime
        headsign = status.instance.map { network.headsign(of: $0.trip) }
        lat = status.coordinate.latitude.rounded(places: 6)
        lon = status.coordinate.longitude.rounded(places: 6)
        bearing = status.bearing.map { $0.rounded(places: 1) }
        speedMPS = status.speed.map { $0.rounded(places: 2) }
        state = status.state.rawValue
        timestamp = status.fixTime.unix
        ageS = age(of: status.fixTime, at: now)
        delayS = status.delay.map(\.whole)
        occupancy = status.occupancy?.name
        confidence = status.confidence.rounded(places: 3)
        stopID = nil
        currentStopSequence = nil
        currentStatus = nil
        guard let pattern, let stop = status.nextStop else { return }
        stopID = network.stops[pattern.stops[stop]].id
        currentStopSequence = Int(pattern.sequences[stop])
        currentStatus = specificationName(status.stopStatus)
    }
}

/// `GET /api/v1/vehicles?route=`.
public struct VehiclesResponse: Codable, Hashable, Sendable {
    /// When the answer was made, in seconds since 1970.
    public var generatedAt: Int64
    /// Vehicles by id.
    public var vehicles: [VehicleRow]

    enum CodingKeys: String, CodingKey {
        case generatedAt = "generated_at"
        case vehicles
    }

    /// Tells of all vehicles, or of those on one route.
    public init(snapshot: Snapshot, route: RouteIndex? = nil) {
        let network = snapshot.network
        generatedAt = snapshot.madeAt.unix
        vehicles =
            snapshot.vehicles
            .filter { route == nil || $0.route(in: network) == route }
            .sorted { $0.vehicleID < $1.vehicleID }
            .map { VehicleRow($0, in: network, at: snapshot.madeAt) }
    }
}

extension VehicleStatus {
    /// The route of its run, else the route its source claims.
    func route(in network: Network) -> RouteIndex? {
        instance.map { network.pattern(of: $0.trip).route } ?? claimedRoute
    }
}
