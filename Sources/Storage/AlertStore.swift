import Foundation
import GRDB
public import TransitModel

/// What dispatchers have told riders.
public struct AlertStore: Sendable {
    private let database: Database

    /// Opens the store of a database.
    public init(_ database: Database) { self.database = database }

    /// Keeps a new alert; an id that is in use is refused.
    public func add(_ alert: Alert) throws(StorageFault) {
        try database.write { db in
            try db.execute(
                sql: "INSERT INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [
                    alert.id, alert.start?.seconds, alert.end?.seconds, alert.cause.rawValue,
                    alert.effect.rawValue, alert.severity.rawValue, AlertTexts(alert).json(),
                ]
            )
            guard db.changesCount > 0 else {
                throw StorageFault(.refused, "alert \(alert.id) exists: choose another id")
            }
        }
    }

    /// All alerts by start and id, those that ended too.
    public func list() throws(StorageFault) -> [Alert] {
        try database.read { db in
            try Row.fetchAll(db, sql: Self.selection).map(Alert.init(row:))
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

extension Alert {
    /// Reads a row whose columns are in the store's order.
    fileprivate init(row: Row) throws {
        let texts = try JSONDecoder().decode(AlertTexts.self, from: Data((row[6] as String).utf8))
        self.init(
            id: row[0],
            start: (row[1] as Double?).map(Timestamp.init(_:)),
            end: (row[2] as Double?).map(Timestamp.init(_:)),
            cause: Cause(rawValue: row[3]) ?? .unknownCause,
            effect: Effect(rawValue: row[4]) ?? .unknownEffect,
            severity: Severity(rawValue: row[5]) ?? .unknown,
            informed: texts.informed.map {
                InformedEntity(agencyID: $0.agency, routeID: $0.route, stopID: $0.stop)
            },
            header: texts.header.map(Translation.init(text:)),
            description: texts.description.map(Translation.init(text:))
        )
    }
}

extension Alert.Translation {
    fileprivate init(text: AlertTexts.Text) {
        self.init(language: text.language, text: text.text)
    }
}

/// The lists of an alert as they lie in its JSON column.
private struct AlertTexts: Codable {
    struct Entity: Codable {
        var agency: String?
        var route: String?
        var stop: String?
    }

    struct Text: Codable {
        var language: String
        var text: String

        init(_ translation: Alert.Translation) {
            language = translation.language
            text = translation.text
        }
    }

    var informed: [Entity]
    var header: [Text]
    var description: [Text]

    init(_ alert: Alert) {
        informed = alert.informed.map {
            Entity(agency: $0.agencyID, route: $0.routeID, stop: $0.stopID)
        }
        header = alert.header.map(Text.init)
        description = alert.description.map(Text.init)
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
