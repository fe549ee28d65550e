public import ETAEngine
import GRDB
public import TransitModel

/// How well riders were told, by service date, and the gravest misses of the last day.
///
/// Everything is kept under the ids of the timetable of its time.
public struct AccuracyStore: Sendable {
    /// What sums are told by.
    public enum Grouping: Sendable {
        /// By service date.
        case date
        /// By hour of the day, over all dates.
        case hour
        /// By direction and stop, over all dates.
        case stop
    }

    /// Seconds for which misses are kept.
    public static let missesKept = 86_400.0

    private let database: Database

    /// Opens the store of a database.
    public init(_ database: Database) { self.database = database }

    /// Adds a page to what is kept, at once or not at all, and forgets misses of more than a day ago
    /// and those that are not among the gravest.
    public func add(_ page: AccuracyAccount.Page, at now: Timestamp) throws(StorageFault) {
        try database.write { db in
            let addition = try db.cachedStatement(sql: Self.addition)
            for (key, tally) in page.sums.tallies {
                try addition.execute(arguments: key.arguments + tally.arguments)
            }
            for miss in page.misses.list { try Self.insert(miss, in: db) }
            try db.execute(
                sql: Self.pruningOfMisses,
                arguments: [(now - Self.missesKept).seconds, WorstMisses.limit])
        }
    }

    /// The sums since a service date, each by route, phase, horizon and the grouping.
    ///
    /// Of days of long ago there are none by hour or by stop.
    public func sums(
        since date: ServiceDate, by grouping: Grouping
    ) throws(StorageFault) -> AccuracySums {
        try database.read { db in
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: Self.selection(by: grouping)), arguments: [date.text])
            var sums = AccuracySums()
            while let row = try rows.next() {
                guard let key = AccuracyKey(row: row) else { continue }
                sums.add(AccuracyTally(row: row), to: key)
            }
            return sums
        }
    }

    /// The gravest misses since a moment, the gravest first.
    public func misses(since start: Timestamp) throws(StorageFault) -> [Miss] {
        try database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(Miss.columns) FROM accuracy_misses
                    WHERE arrival >= ? ORDER BY weight DESC, arrival DESC
                    """,
                arguments: [start.seconds]
            ).compactMap(Miss.init(row:))
        }
    }

    /// Forgets stops and hours of days before a date, and all of days before another.
    public func prune(
        detailBefore detail: ServiceDate, allBefore oldest: ServiceDate
    ) throws(StorageFault) {
        try database.write { db in
            try db.execute(
                sql: "DELETE FROM accuracy WHERE service_date < ?", arguments: [oldest.text])
            try db.execute(
                sql: "DELETE FROM accuracy WHERE service_date < ? AND stop_id <> ''",
                arguments: [detail.text])
            try db.execute(sql: Self.hoursIntoDays, arguments: [detail.text])
            try db.execute(
                sql: "DELETE FROM accuracy WHERE service_date < ? AND hour >= 0",
                arguments: [detail.text])
        }
    }

    private static func insert(_ miss: Miss, in db: GRDB.Database) throws {
        try db.cachedStatement(sql: Miss.insertion).execute(arguments: miss.arguments)
    }

    private static let keyColumns =
        "service_date, route_id, direction_id, stop_id, hour, phase, horizon"

    private static let sumColumns = [
        "asked", "answered", "accurate", "within_interval", "absolute_error", "error",
        "missed_terminal", "missed_silence", "missed_no_fix", "missed_congestion",
        "missed_ran_ahead",
    ]

    private static let sumsOfColumns = sumColumns.map { "sum(\($0))" }.joined(separator: ", ")

    private static let columns = keyColumns + ", " + sumColumns.joined(separator: ", ")

    /// What to do with sums whose key is there already.
    private static let conflict =
        "ON CONFLICT DO UPDATE SET "
        + sumColumns.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", ")

    private static let addition = """
        INSERT INTO accuracy (\(columns))
        VALUES (\(Array(repeating: "?", count: 7 + sumColumns.count).joined(separator: ", ")))
        \(conflict)
        """

    private static let hoursIntoDays = """
        INSERT INTO accuracy (\(columns))
        SELECT service_date, route_id, direction_id, '', -1, phase, horizon, \(sumsOfColumns)
        FROM accuracy WHERE service_date < ? AND stop_id = '' AND hour >= 0
        GROUP BY service_date, route_id, direction_id, phase, horizon
        \(conflict)
        """

    private static let pruningOfMisses = """
        DELETE FROM accuracy_misses WHERE id NOT IN (
            SELECT id FROM accuracy_misses WHERE arrival >= ?
            ORDER BY weight DESC, arrival DESC LIMIT ?
        )
        """

    private static func selection(by grouping: Grouping) -> String {
        let (date, direction, stop, hour, condition) =
            switch grouping {
            case .date: ("service_date", "-1", "''", "-1", "stop_id = ''")
            case .hour: ("''", "-1", "''", "hour", "stop_id = '' AND hour >= 0")
            case .stop: ("''", "direction_id", "stop_id", "-1", "stop_id <> ''")
            }
        return """
            SELECT \(date), route_id, \(direction), \(stop), \(hour), phase, horizon, \
            \(sumsOfColumns) FROM accuracy WHERE service_date >= ? AND \(condition)
            GROUP BY 1, 2, 3, 4, 5, 6, 7
            """
    }
}
