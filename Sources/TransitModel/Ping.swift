public import Geometry

/// One position report of a vehicle, in our units, whatever wire it came over.
public struct Ping: Hashable, Sendable {
    /// Who reports: the id that feeds show, such as a hull number.
    public var vehicleID: String
    /// When the fix was taken.
    public var timestamp: Timestamp
    /// When it reached us; the engine never acts on a ping earlier than this.
    public var receivedAt: Timestamp
    /// Where the vehicle was.
    public var coordinate: Coordinate
    /// Speed over ground in metres a second, if measured.
    public var speed: Double?
    /// Degrees clockwise from north, if measured.
    public var bearing: Double?
    /// Radius of the receiver's error in metres, if known.
    public var accuracy: Double?
    /// GTFS route id that the source claims, if any.
    public var routeID: String?
    /// GTFS direction that the source claims, if any.
    public var directionID: Int?
    /// Free text about the destination, as Dishub sends it; a hint that may lag.
    public var directionText: String?
    /// GTFS trip id that the source claims, if any.
    public var tripID: String?
    /// How full the vehicle is, if known.
    public var occupancy: Occupancy?

    /// Makes a ping.
    public init(
        vehicleID: String, timestamp: Timestamp, receivedAt: Timestamp, coordinate: Coordinate,
        speed: Double? = nil, bearing: Double? = nil, accuracy: Double? = nil,
        routeID: String? = nil, directionID: Int? = nil, directionText: String? = nil,
        tripID: String? = nil, occupancy: Occupancy? = nil
    ) {
        self.vehicleID = vehicleID
        self.timestamp = timestamp
        self.receivedAt = receivedAt
        self.coordinate = coordinate
        self.speed = speed
        self.bearing = bearing
        self.accuracy = accuracy
        self.routeID = routeID
        self.directionID = directionID
        self.directionText = directionText
        self.tripID = tripID
        self.occupancy = occupancy
    }
}

/// How full a vehicle is, with the numbers and names of GTFS-Realtime's OccupancyStatus.
public enum Occupancy: Int, Hashable, Sendable, CaseIterable {
    case empty = 0
    case manySeatsAvailable = 1
    case fewSeatsAvailable = 2
    case standingRoomOnly = 3
    case crushedStandingRoomOnly = 4
    case full = 5
    case notAcceptingPassengers = 6
    case noDataAvailable = 7
    case notBoardable = 8

    /// The name in the specification, such as `FEW_SEATS_AVAILABLE`.
    public var name: String {
        switch self {
        case .empty: "EMPTY"
        case .manySeatsAvailable: "MANY_SEATS_AVAILABLE"
        case .fewSeatsAvailable: "FEW_SEATS_AVAILABLE"
        case .standingRoomOnly: "STANDING_ROOM_ONLY"
        case .crushedStandingRoomOnly: "CRUSHED_STANDING_ROOM_ONLY"
        case .full: "FULL"
        case .notAcceptingPassengers: "NOT_ACCEPTING_PASSENGERS"
        case .noDataAvailable: "NO_DATA_AVAILABLE"
        case .notBoardable: "NOT_BOARDABLE"
        }
    }

    /// Reads the specification's name or number.
    public init?(text: String) {
        let match = Self.allCases.first { $0.name == text || String($0.rawValue) == text }
        guard let match else { return nil }
        self = match
    }
}
