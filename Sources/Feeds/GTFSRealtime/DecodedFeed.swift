/// A GTFS-Realtime FeedMessage as somebody sent it: what is absent is nil, nothing is checked.
public struct DecodedFeed: Hashable, Sendable {
    /// `gtfs_realtime_version`.
    public var version: String
    /// Whether the message says that it holds changes only.
    public var isDifferential = false
    /// Header timestamp in seconds since 1970.
    public var timestamp: Int64?
    /// Version of the GTFS that the ids belong to.
    public var feedVersion: String?
    /// Entities in the order of the message.
    public var entities: [DecodedEntity] = []

    /// The trip updates of all entities.
    public var tripUpdates: [DecodedTripUpdate] { entities.compactMap(\.tripUpdate) }
    /// The vehicle positions of all entities.
    public var vehicles: [DecodedVehiclePosition] { entities.compactMap(\.vehicle) }
    /// The alerts of all entities.
    public var alerts: [DecodedAlert] { entities.compactMap(\.alert) }
}

/// One entity of a feed.
public struct DecodedEntity: Hashable, Sendable {
    /// Unique inside the message.
    public var id: String
    /// Whether it marks a removal.
    public var isDeleted = false
    /// Predictions for a run.
    public var tripUpdate: DecodedTripUpdate?
    /// Where a vehicle is.
    public var vehicle: DecodedVehiclePosition?
    /// A message to riders.
    public var alert: DecodedAlert?
}

/// A TripDescriptor.
public struct DecodedTripDescriptor: Hashable, Sendable {
    /// How a run relates to the timetable, with the numbers of GTFS-Realtime.
    public enum Relationship: Int, Hashable, Sendable, CaseIterable {
        case scheduled = 0
        case added = 1
        case unscheduled = 2
        case canceled = 3
        case replacement = 5
        case duplicated = 6
        case deleted = 7
        case new = 8
    }

    /// GTFS trip id.
    public var tripID: String?
    /// GTFS route id.
    public var routeID: String?
    /// GTFS direction.
    public var directionID: Int?
    /// Service date, `YYYYMMDD`.
    public var startDate: String?
    /// Start of the run, `HH:MM:SS`.
    public var startTime: String?
    /// How the run relates to the timetable.
    public var relationship: Relationship?
}

/// A VehicleDescriptor.
public struct DecodedVehicleDescriptor: Hashable, Sendable {
    /// Internal id.
    public var id: String?
    /// What riders see on the vehicle.
    public var label: String?
    /// Licence plate.
    public var licensePlate: String?
}

/// A span of time, open where nil.
public struct DecodedTimeRange: Hashable, Sendable {
    /// First second, since 1970.
    public var start: Int64?
    /// First second no longer in it.
    public var end: Int64?
}
