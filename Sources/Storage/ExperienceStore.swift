public import ETAEngine
import Foundation
import GRDB

/// What the engine has learned, kept from one run to the next.
public struct ExperienceStore: Sendable {
    private let database: Database

    /// Opens the store of a database.
    public init(_ database: Database) { self.database = database }

    /// Puts this in the place of all that was kept, at once or not at all.
    public func save(_ experience: Experience) throws(StorageFault) {
        try database.write { db in
            try db.execute(sql: "DELETE FROM link_statistics; DELETE FROM lessons")
            let insertion = try db.cachedStatement(sql: Self.insertion)
            for link in experience.links { try insertion.execute(arguments: link.arguments) }
            let lessons = try db.cachedStatement(sql: Self.lessonInsertion)
            for lesson in experience.lessons { try lessons.execute(arguments: lesson.arguments) }
        }
    }

    /// What was last saved, in the same order; nothing before the first save.
    public func load() throws(StorageFault) -> Experience {
        try database.read { db in
            Experience(
                links: try Row.fetchAll(
                    db, sql: "SELECT \(Self.columns) FROM link_statistics ORDER BY id"
                ).map(LinkStatistic.init(row:)),
                lessons: try Row.fetchAll(
                    db, sql: "SELECT \(Self.lessonColumns) FROM lessons ORDER BY id"
                ).compactMap(Lesson.init(row:)))
        }
    }

    private static let lessonColumns = """
        subject, number, "values", stop_id, name, latitude, longitude
        """

    private static let lessonInsertion = """
        INSERT INTO lessons (\(lessonColumns)) VALUES (?, ?, ?, ?, ?, ?, ?)
        """

    private static let columns = """
        from_stop_id, from_name, from_latitude, from_longitude,
        to_stop_id, to_name, to_latitude, to_longitude, period, count, mean, variance
        """

    private static let insertion = """
        INSERT INTO link_statistics (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
}

extension LinkStatistic {
    fileprivate var arguments: StatementArguments {
        from.arguments + to.arguments + [period, count, mean, variance]
    }

    /// Reads a row whose columns are in the store's order.
    fileprivate init(row: Row) {
        self.init(
            from: StopPlace(row, at: 0),
            to: StopPlace(row, at: 4),
            period: row[8],
            count: row[9],
            mean: row[10],
            variance: row[11]
        )
    }
}

extension Lesson {
    fileprivate var arguments: StatementArguments {
        let start: StatementArguments = [subject.rawValue, number, Self.packed(values)]
        return start + (place?.arguments ?? [nil, nil, nil, nil])
    }

    /// Reads a row whose columns are in the store's order; nil for a subject that is not known any
    /// more.
    fileprivate init?(row: Row) {
        guard let subject = Subject(rawValue: row[0]) else { return nil }
        let id: String? = row[3]
        self.init(
            subject, at: id.map { _ in StopPlace(row, at: 3) }, number: row[1],
            values: Self.unpacked(row[2]))
    }

    /// Numbers as bytes, four each, the lowest first.
    private static func packed(_ values: [Float]) -> Data {
        Data(
            values.flatMap { value in
                withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
            })
    }

    private static func unpacked(_ bytes: Data) -> [Float] {
        let bytes = [UInt8](bytes)
        return stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
            let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * $1) }
            return Float(bitPattern: bits)
        }
    }
}
