public import ETAEngine
import Geometry
public import TransitModel

/// `GET /control/detours`.
public struct DetoursResponse: Codable, Hashable, Sendable {
    /// When the answer was made, in seconds since 1970.
    public var generatedAt: Int64
    /// The detours that buses seem to take, the latest first.
    public var detours: [DetourRow]

    enum CodingKeys: String, CodingKey {
        case generatedAt = "generated_at"
        case detours
    }

    /// Tells of the detours suspected in a snapshot and of the alerts made of them.
    public init(snapshot: Snapshot, alerts: [Alert] = []) {
        generatedAt = snapshot.madeAt.unix
        detours = snapshot.suspectedDetours.map { detour in
            let alert = alerts.first {
                detour.isTold(by: $0) && $0.isActive(at: snapshot.madeAt)
            }
            return DetourRow(detour, in: snapshot.network, alertID: alert?.id)
        }
    }
}

/// A way around a part of the regular one that several buses took.
public struct DetourRow: Codable, Hashable, Sendable {
    /// A stop by id and name.
    public struct Stop: Codable, Hashable, Sendable {
        /// GTFS stop id.
        public var stopID: String
        /// What riders call it.
        public var name: String

        enum CodingKeys: String, CodingKey {
            case stopID = "stop_id"
            case name
        }
    }

    /// A place.
    public struct Place: Codable, Hashable, Sendable {
        /// Degrees north.
        public var lat: Double
        /// Degrees east.
        public var lon: Double
    }

    /// Stable while the detour lasts.
    public var id: String
    /// GTFS routes whose buses take it.
    public var routeIDs: [String]
    /// GTFS direction, if the feed gave one.
    @Nullable public var directionID: Int?
    /// The last stop before it; null where there is none.
    @Nullable public var lastStop: Stop?
    /// The first stop after it; null where there is none.
    @Nullable public var nextStop: Stop?
    /// The stops in between, which are not served.
    public var skippedStops: [Stop]
    /// Where buses leave the regular way.
    public var leave: Place
    /// Where they are back.
    public var rejoin: Place
    /// When the first of these buses left the regular way, in seconds since 1970.
    public var firstSeen: Int64
    /// When the latest did, in seconds since 1970.
    public var lastSeen: Int64
    /// Vehicles that took it, the earliest first.
    public var vehicles: [String]
    /// The alert in force that was made of it; null when riders have not been told.
    @Nullable public var alertID: String?

    enum CodingKeys: String, CodingKey {
        case id, leave, rejoin, vehicles
        case routeIDs = "route_ids"
        case directionID = "direction_id"
        case lastStop = "last_stop"
        case nextStop = "next_stop"
        case skippedStops = "skipped_stops"
        case firstSeen = "first_seen"
        case lastSeen = "last_seen"
        case alertID = "alert_id"
    }

    /// Tells of a suspected detour and of the alert made of it.
    public init(_ detour: SuspectedDetour, in network: Network, alertID: String? = nil) {
        id = detour.id
        routeIDs = detour.routes(in: network).map { network.routes[$0].id }
        directionID = detour.stretches.first.flatMap { network.patterns[$0.pattern].direction }
        lastStop = detour.lastStop(in: network).map { Stop(network.stops[$0]) }
        nextStop = detour.nextStop(in: network).map { Stop(network.stops[$0]) }
        skippedStops = detour.skippedStops(in: network).map { Stop(network.stops[$0]) }
        leave = Place(detour.leave)
        rejoin = Place(detour.rejoin)
        firstSeen = detour.firstSeen.unix
        lastSeen = detour.lastSeen.unix
        vehicles = detour.vehicles
        self.alertID = alertID
    }
}

extension DetourRow.Stop {
    fileprivate init(_ stop: TransitModel.Stop) { self.init(stopID: stop.id, name: stop.name) }
}

extension DetourRow.Place {
    fileprivate init(_ place: Coordinate) {
        self.init(lat: place.latitude.rounded(places: 6), lon: place.longitude.rounded(places: 6))
    }
}

extension SuspectedDetour {
    /// The id of an alert made of it at a moment.
    public func alertID(at moment: Timestamp) -> String { "detour-\(id)-\(moment.unix)" }

    fileprivate func isTold(by alert: Alert) -> Bool {
        let prefix = "detour-\(id)-"
        return alert.id.hasPrefix(prefix) && Int64(alert.id.dropFirst(prefix.count)) != nil
    }
}
