public import ETAEngine
import GRDB
public import TransitModel

/// What every stop and route id of every timetable meant.
///
/// So a display that was set up under an older one goes on working, and so does a tracker that names
/// its route.
public struct IDRegister: Sendable {
    private let database: Database

    /// Opens the register of a database.
    public init(_ database: Database) { self.database = database }

    /// Notes the ids of a timetable; one that has another meaning now has that from now on.
    public func note(_ network: Network, at now: Timestamp) throws(StorageFault) {
        try database.write { db in
            let insertion = try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO former_stops VALUES (?, ?, ?, ?, ?, ?)"
            )
            for stop in network.stops.elements.map(StopPlace.init) {
                try insertion.execute(
                    arguments: stop.arguments + [stop.kind.rawValue, now.seconds]
                )
            }
            for route in network.routes.elements {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO former_routes VALUES (?, ?, ?, ?)",
                    arguments: [route.id, route.shortName, route.longName, now.seconds]
                )
            }
        }
    }

    /// The stops and routes of a timetable by ids that they only had in others.
    public func formerIDs(in recognition: Recognition) throws(StorageFault) -> FormerIDs {
        FormerIDs(stops: try stops(in: recognition), routes: try routes(in: recognition))
    }

    private func routes(
        in recognition: Recognition
    ) throws(StorageFault) -> [String: RouteIndex] {
        try database.read { db in
            let sql = "SELECT id, short_name, long_name FROM former_routes"
            let signs = try Row.fetchAll(db, sql: sql)
                .map { RouteSign(id: $0[0], shortName: $0[1], longName: $0[2]) }
                .filter { recognition.network.route(id: $0.id) == nil }
            return Dictionary(
                uniqueKeysWithValues: signs.compactMap { sign in
                    recognition.route(sign).map { (sign.id, $0) }
                }
            )
        }
    }

    private func stops(in recognition: Recognition) throws(StorageFault) -> [String: StopIndex] {
        try database.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT id, name, latitude, longitude, kind FROM former_stops"
            )
            var stops: [String: StopIndex] = [:]
            while let row = try rows.next() {
                var place = StopPlace(row, at: 0)
                guard recognition.network.stop(id: place.id) == nil else { continue }
                place.kind = Stop.Kind(rawValue: row[4]) ?? .stop
                stops[place.id] = recognition.stop(place)
            }
            return stops
        }
    }

    /// Keeps the former ids of a timetable's trips, in place of those of the one before; `fingerprint`
    /// names its content.
    public func keepTrips(
        _ trips: [String: TripIndex], of network: Network, _ fingerprint: String
    ) throws(StorageFault) {
        try database.write { db in
            try db.execute(sql: "DELETE FROM former_trips")
            let insertion = try db.cachedStatement(
                sql: "INSERT INTO former_trips VALUES (?, ?, ?)")
            for (id, trip) in trips {
                try insertion.execute(arguments: [id, network.trips[trip].id, fingerprint])
            }
        }
    }

    /// The former ids of a timetable's trips; none when those kept are another's.
    public func formerTrips(
        of network: Network, _ fingerprint: String
    ) throws(StorageFault) -> [String: TripIndex] {
        try database.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT id, trip_id FROM former_trips WHERE fingerprint = ?",
                arguments: [fingerprint]
            )
            var trips: [String: TripIndex] = [:]
            while let row = try rows.next() { trips[row[0]] = network.trip(id: row[1]) }
            return trips
        }
    }

    /// Forgets ids that no timetable has had since a moment.
    public func prune(before limit: Timestamp) throws(StorageFault) {
        try database.write { db in
            for table in ["former_stops", "former_routes"] {
                try db.execute(
                    sql: "DELETE FROM \(table) WHERE seen_at < ?",
                    arguments: [limit.seconds]
                )
            }
        }
    }
}
