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
            let insertion = try db.cachedStatement(
                sql: "INSERT INTO link_statistics VALUES (?, ?, ?, ?, ?, ?)"
            )
            for link in statistics {
                try insertion.execute(arguments: [
                    link.fromStopID, link.toStopID, link.period, link.count, link.mean,
                    link.variance,
                ])
            }
        }
    }

    /// The statistics last saved, by stops and period; none before the first save.
    public func load() throws(StorageFault) -> [LinkStatistic] {
        try database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT from_stop_id, to_stop_id, period, count, mean, variance
                    FROM link_statistics ORDER BY from_stop_id, to_stop_id, period
                    """
            ).map(LinkStatistic.init(row:))
        }
    }
}

extension LinkStatistic {
    fileprivate init(row: Row) {
        self.init(
            fromStopID: row[0],
            toStopID: row[1],
            period: row[2],
            count: row[3],
            mean: row[4],
            variance: row[5]
        )
    }
}
