import GRDB
import GRDBSQLite
import Geometry
import TransitModel

/// The statement that writes one ping, bound by hand: it runs for every ping that comes in, and the
/// library's own binding takes as long again as SQLite's work.
struct PingInsertion {
    private let statement: Statement
    private var handle: OpaquePointer { statement.sqliteStatement }

    init(_ db: GRDB.Database) throws {
        statement = try db.cachedStatement(
            sql: """
                INSERT INTO pings (\(PingJournal.columns))
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (fix_time, vehicle_id) DO NOTHING
                """)
    }

    /// Writes a ping unless it came before; says whether it is new.
    func insert(_ ping: Ping, in db: GRDB.Database) throws -> Bool {
        bind(ping)
        let status = sqlite3_step(handle)
        sqlite3_reset(handle)
        guard status == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: status), message: db.lastErrorMessage)
        }
        return sqlite3_changes(sqlite3_db_handle(handle)) > 0
    }

    private func bind(_ ping: Ping) {
        bind(ping.vehicleID, at: 1)
        bind(ping.timestamp.seconds, at: 2)
        bind(ping.receivedAt.seconds, at: 3)
        bind(ping.coordinate.latitude, at: 4)
        bind(ping.coordinate.longitude, at: 5)
        bind(ping.speed, at: 6)
        bind(ping.bearing, at: 7)
        bind(ping.accuracy, at: 8)
        bind(ping.routeID, at: 9)
        bind(ping.directionID, at: 10)
        bind(ping.directionText, at: 11)
        bind(ping.tripID, at: 12)
        bind(ping.occupancy?.rawValue, at: 13)
    }

    private func bind(_ number: Double?, at place: Int32) {
        guard let number else { return bindNull(at: place) }
        sqlite3_bind_double(handle, place, number)
    }

    private func bind(_ number: Int?, at place: Int32) {
        guard let number else { return bindNull(at: place) }
        sqlite3_bind_int64(handle, place, Int64(number))
    }

    /// SQLite copies the text, since it steps only later.
    private func bind(_ text: String?, at place: Int32) {
        guard var text else { return bindNull(at: place) }
        text.withUTF8 { bytes in
            _ = bytes.withMemoryRebound(to: CChar.self) { characters in
                sqlite3_bind_text(
                    handle, place, characters.baseAddress, Int32(characters.count), copied)
            }
        }
    }

    private func bindNull(at place: Int32) { sqlite3_bind_null(handle, place) }

    private var copied: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}
