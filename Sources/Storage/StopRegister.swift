public import ETAEngine
import GRDB
public import TransitModel

/// What every stop id of every timetable meant, so that a sign which was printed and a display which
/// was set up under an older one go on working.
public struct StopRegister: Sendable {
    private let database: Database

    /// Opens the register of a database.
    public init(_ database: Database) { self.database = database }

    /// Notes the stops of a timetable; an id that means another place now means that from now on.
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
        }
    }

    /// The stops of a timetable by ids that they only had in others.
    public func formerIDs(
        in recognition: Recognition
    ) throws(StorageFault) -> [String: StopIndex] {
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

    /// Forgets ids that no timetable has had since a moment.
    public func prune(before limit: Timestamp) throws(StorageFault) {
        try database.write { db in
            try db.execute(
                sql: "DELETE FROM former_stops WHERE seen_at < ?",
                arguments: [limit.seconds]
            )
        }
    }
}
