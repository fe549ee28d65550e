import GRDB
import Geometry
public import TransitModel

/// Every ping ever acknowledged; what the service lives again from after a crash.
///
/// A ping is known by its vehicle and the time of its fix, so that a sender may repeat itself.
/// Whatever order pings came in, they are read in the order in which they were taken.
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
        try write([JournalBatch(pings: pings)])[0].get()
    }

    /// Writes batches in one transaction, all or none; answers for each ping of each batch whether it
    /// is new, or why the batch by itself was refused.
    func write(
        _ batches: [JournalBatch]
    ) throws(StorageFault) -> [Result<[Bool], StorageFault>] {
        guard batches.contains(where: { !$0.isEmpty }) else {
            return batches.map { _ in .success([]) }
        }
        return try database.write { db in
            let insertion = try PingInsertion(db)
            return try batches.map { batch in
                if let fault = try batch.fault(in: db) { return .failure(fault) }
                return .success(try batch.pings.map { try insertion.insert($0, in: db) })
            }
        }
    }

    /// The pings taken at or after a moment, by time of fix and then by vehicle.
    public func pings(takenSince start: Timestamp) throws(StorageFault) -> [Ping] {
        var pings: [Ping] = []
        try forEachPing(takenSince: start) { pings.append($0) }
        return pings
    }

    /// Hands over the pings taken at or after a moment one by one, by time of fix and then by vehicle.
    ///
    /// Answers the last row that was in the journal then, whenever its ping was taken.
    @discardableResult
    public func forEachPing(
        takenSince start: Timestamp,
        _ body: (Ping) throws -> Void
    ) throws(StorageFault) -> Row {
        try database.read { db in
            let selection = try db.cachedStatement(sql: Self.selection)
            let rows = try GRDB.Row.fetchCursor(selection, arguments: [start.seconds])
            while let row = try rows.next() { try body(Ping(row)) }
            return Row(number: try Int64.fetchOne(db, sql: "SELECT max(id) FROM pings") ?? 0)
        }
    }

    /// The pings written after a row, in the order written.
    public func pings(after row: Row) throws(StorageFault) -> [Ping] {
        try database.read { db in
            let selection = try db.cachedStatement(sql: Self.newest)
            return try GRDB.Row.fetchAll(selection, arguments: [row.number]).map(Ping.init)
        }
    }

    /// Forgets the pings taken before a moment and answers how many they were.
    ///
    /// Works in short transactions, so that writers get their turn between them.
    @discardableResult
    public func prune(before limit: Timestamp) throws(StorageFault) -> Int {
        try database.prune(table: "pings", where: "fix_time", isBefore: limit)
    }

    static let columns = """
        vehicle_id, fix_time, received_at, latitude, longitude, speed, bearing, accuracy,
        route_id, direction_id, direction_text, trip_id, occupancy
        """

    private static let newest = "SELECT \(columns) FROM pings WHERE id > ? ORDER BY id"

    private static let selection = """
        SELECT \(columns) FROM pings WHERE fix_time >= ? ORDER BY fix_time, vehicle_id
        """
}

extension Ping {
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
