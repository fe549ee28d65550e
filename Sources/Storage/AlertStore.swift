import Foundation
import GRDB
public import TransitModel

/// An alert as it is kept: whatever the timetable, it means the same stops and routes.
public struct KeptAlert: Hashable, Sendable {
    /// The alert; what it touches has the ids of when it was written.
    public var alert: Alert
    /// What it touches.
    public var informed: [InformedPlace]
}

/// What dispatchers have told riders.
public struct AlertStore: Sendable {
    private let database: Database

    /// Opens the store of a database.
    public init(_ database: Database) { self.database = database }

    /// Keeps a new alert with what its ids mean in a timetable; an id that is in use is refused.
    public func add(_ alert: Alert, on network: Network) throws(StorageFault) {
        let informed = alert.informed.map { InformedPlace($0, on: network) }
        try database.write { db in
            try db.execute(
                sql: "INSERT INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [
                    alert.id, alert.start?.seconds, alert.end?.seconds, alert.cause.rawValue,
                    alert.effect.rawValue, alert.severity.rawValue,
                    AlertTexts(KeptAlert(alert: alert, informed: informed)).json(),
                ]
            )
            guard db.changesCount > 0 else {
                throw StorageFault(.refused, "alert \(alert.id) exists: choose another id")
            }
        }
    }

    /// All alerts by start and id, those that ended too.
    public func list() throws(StorageFault) -> [KeptAlert] {
        try database.read { db in
            try Row.fetchAll(db, sql: Self.selection).map(KeptAlert.init(row:))
        }
    }

    /// Notes what ids mean of which only the id is known, as an older version of this program
    /// wrote them.
    ///
    /// `network` must be the timetable that they were written for; the one in force at the start is
    /// as near as one can get, since that program did not note which it was.
    public func fillPlaces(from network: Network) throws(StorageFault) {
        for kept in try list() {
            var filled = kept
            filled.informed = kept.informed.map { $0.isPlaced ? $0 : $0.placed(on: network) }
            guard filled != kept else { continue }
            try database.write { db in
                try db.execute(
                    sql: "UPDATE alerts SET texts = ? WHERE id = ?",
                    arguments: [AlertTexts(filled).json(), kept.alert.id]
                )
            }
        }
    }

    /// Ends an alert; false when there is none with this id that still holds or will hold.
    public func end(id: String, at now: Timestamp) throws(StorageFault) -> Bool {
        try database.write { db in
            try db.execute(
                sql: """
                    UPDATE alerts SET ends_at = ?1 WHERE id = ?2
                    AND (ends_at IS NULL OR ends_at > ?1)
                    """,
                arguments: [now.seconds, id]
            )
            return db.changesCount > 0
        }
    }

    private static let selection = """
        SELECT id, starts_at, ends_at, cause, effect, severity, texts FROM alerts
        ORDER BY starts_at, id
        """
}

extension KeptAlert {
    /// Reads a row whose columns are in the store's order.
    fileprivate init(row: Row) throws {
        let texts = try JSONDecoder().decode(AlertTexts.self, from: Data((row[6] as String).utf8))
        informed = texts.informed.map(\.place)
        alert = Alert(
            id: row[0],
            start: (row[1] as Double?).map(Timestamp.init(_:)),
            end: (row[2] as Double?).map(Timestamp.init(_:)),
            cause: Alert.Cause(rawValue: row[3]) ?? .unknownCause,
            effect: Alert.Effect(rawValue: row[4]) ?? .unknownEffect,
            severity: Alert.Severity(rawValue: row[5]) ?? .unknown,
            informed: informed.map(\.entity),
            header: texts.header.map(Alert.Translation.init(text:)),
            description: texts.description.map(Alert.Translation.init(text:))
        )
    }
}
