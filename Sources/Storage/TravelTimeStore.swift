public import ETAEngine
import GRDB

/// What the engine has learned of links, kept from one run to the next.
public struct TravelTimeStore: Sendable {
    private let database: Database

    /// Opens the store of a database.
    public init(_ database: Database) { self.database = database }

    /// Puts these statistics in the place of all that were kept, at once or not at all.
    public func save(_ statistics: [LinkStatistic]) throws(StorageFault) {
        try database.write { db in
            try db.execute(sql: "DELETE FROM link_statistics")
            let insertion = try db.cachedStatement(sql: Self.insertion)
            for link in statistics {
                try insertion.execute(arguments: link.arguments)
            }
        }
    }

    /// The statistics last saved, in the same order; none before the first save.
    public func load() throws(StorageFault) -> [LinkStatistic] {
        try database.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT \(Self.columns) FROM link_statistics ORDER BY id"
            ).map(LinkStatistic.init(row:))
        }
    }

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
