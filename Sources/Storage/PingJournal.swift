import GRDB
import Geometry
public import TransitModel

/// Every ping ever acknowledged, in the order received; what the service lives again from after a
/// crash.
///
/// A ping is known by its vehicle and the time of its fix, so that a sender may repeat itself.
public struct PingJournal: Sendable {
    /// A place in the journal: rows are numbered in the order in which they were written.
    public struct Row: Hashable, Sendable {
        var number: Int64

        /// Before the first row.
        public static let beforeAll = Row(number: 0)
    }

    private let database: Database

    /// Opens the journal of a database.
    public init(_ database: Database) { self.database = database }

    /// Writes pings in one transaction, on the disk when this returns.
    ///
    /// Answers for each ping whether it is new; false means that it came before, be it in the same
    /// call, and that nothing was written for it.
    @discardableResult
    public func append(_ pings: [Ping]) throws(StorageFault) -> [Bool] {
        guard !pings.isEmpty else { return [] }
        try Self.check(pings)
        return try database.write { db in
            let insertion = try db.cachedStatement(sql: Self.insertion)
            return try pings.map { ping in
                try insertion.execute(arguments: ping.arguments)
                return db.changesCount > 0
            }
        }
    }

    /// The pings received at or after a moment, in the order received.
    public func pings(receivedSince start: Timestamp) throws(StorageFault) -> [Ping] {
        var pings: [Ping] = []
        try forEachPing(receivedSince: start) { pings.append($0) }
        return pings
    }

    /// Hands over the pings received at or after a moment, in the order received, one by one.
    ///
    /// Answers the last row that was in the journal then, whenever its ping was received.
    @discardableResult
    public func forEachPing(
        receivedSince start: Timestamp,
        _ body: (Ping) throws -> Void
    ) throws(StorageFault) -> Row {
        try database.read { db in
            let selection = try db.cachedStatement(sql: Self.selection)
            let rows = try GRDB.Row.fetchCursor(selection, arguments: [start.seconds])
            while let row = try rows.next() { try body(Ping(row)) }
            return Row(number: try Int64.fetchOne(db, sql: "SELECT max(id) FROM pings") ?? 0)
        }
    }

    /// The pings written after a row, in the order received.
    public func pings(after row: Row) throws(StorageFault) -> [Ping] {
        try database.read { db in
            let selection = try db.cachedStatement(sql: Self.newest)
            return try GRDB.Row.fetchAll(selection, arguments: [row.number]).map(Ping.init)
        }
    }

    /// Forgets the pings received before a moment and answers how many they were.
    ///
    /// Works in short transactions, so that writers get their turn between them.
    @discardableResult
    public func prune(before limit: Timestamp) throws(StorageFault) -> Int {
        try database.prune(table: "pings", where: "received_at", isBefore: limit)
    }

    /// SQLite would take a number that is none for a missing value and fail the whole transaction.
    static func check(_ pings: [Ping]) throws(StorageFault) {
        for ping in pings {
            let numbers = [
                ping.timestamp.seconds, ping.receivedAt.seconds, ping.coordinate.latitude,
                ping.coordinate.longitude,
            ]
            if let number = numbers.first(where: { !$0.isFinite }) {
                throw StorageFault(
                    .refused,
                    "a ping of vehicle \(ping.vehicleID) holds \(number): drop it"
                )
            }
        }
    }

    private static let columns = """
        vehicle_id, fix_time, received_at, latitude, longitude, speed, bearing, accuracy,
        route_id, direction_id, direction_text, trip_id, occupancy
        """

    private static let insertion = """
        INSERT INTO pings (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (vehicle_id, fix_time) DO NOTHING
        """

    private static let newest = """
        SELECT \(columns) FROM pings WHERE id > ? ORDER BY received_at, id
        """

    private static let selection = """
        SELECT \(columns) FROM pings WHERE received_at >= ? ORDER BY received_at, id
        """
}

extension Ping {
    fileprivate var arguments: StatementArguments {
        [
            vehicleID, timestamp.seconds, receivedAt.seconds, coordinate.latitude,
            coordinate.longitude, speed, bearing, accuracy, routeID, directionID, directionText,
            tripID, occupancy?.rawValue,
        ]
    }

    /// Reads a row whose columns are in the journal's order.
    fileprivate init(_ row: GRDB.Row) {
        self.init(
            vehicleID: row[0],
            timestamp: Timestamp(row[1]),
            receivedAt: Timestamp(row[2]),
            coordinate: Coordinate(latitude: row[3], longitude: row[4]),
            speed: row[5],
            bearing: row[6],
            accuracy: row[7],
            routeID: row[8],
            directionID: row[9],
            directionText: row[10],
            tripID: row[11],
            occupancy: (row[12] as Int?).flatMap(Occupancy.init(rawValue:))
        )
    }
}
