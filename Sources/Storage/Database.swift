import Foundation
import GRDB

/// The SQLite file behind all that outlives a run.
///
/// Commits are on the disk when they return: WAL with `synchronous=FULL`. Readers never wait for
/// the writer. Other processes, such as the command line, may have the same file open.
public final class Database: Sendable {
    /// Where the file is.
    public let path: String
    private let pool: DatabasePool

    /// Opens `transpadang.db` in a directory, which is made when missing.
    public convenience init(directory: String) throws(StorageFault) {
        do {
            try FileManager.default.createDirectory(
                atPath: directory,
                withIntermediateDirectories: true
            )
        } catch {
            throw StorageFault(
                .unwritable,
                "\(directory) cannot be made: \(StorageFault.permissionHint)"
            )
        }
        try self.init(file: directory + "/transpadang.db")
    }

    /// Opens a database file, which is made when missing, and brings its tables up to date.
    public init(file path: String) throws(StorageFault) {
        self.path = path
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            try Self.demandFullSync(of: pool)
            try Self.bringUpToDate(pool, path: path)
        } catch {
            throw StorageFault(error, path: path)
        }
    }

    /// Moves what is in the write-ahead log into the file and closes it; later calls fail.
    ///
    /// The log stays as it is while another process reads from it, or when the disk is full or fails;
    /// nothing is lost in any case.
    public func close() throws(StorageFault) {
        do {
            try? pool.writeWithoutTransaction(Self.emptyLog)
            try pool.close()
        } catch {
            throw StorageFault(error, path: path)
        }
    }

    /// Runs `body` in one transaction that is on the disk when this returns.
    func write<Value>(
        _ body: (GRDB.Database) throws -> Value
    ) throws(StorageFault) -> Value {
        do {
            return try pool.write(body)
        } catch {
            throw StorageFault(error, path: path)
        }
    }

    /// Runs `body` on one unchanging state of the database.
    func read<Value>(_ body: (GRDB.Database) throws -> Value) throws(StorageFault) -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw StorageFault(error, path: path)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "transpadang.storage"
        configuration.busyMode = .timeout(30)
        return configuration
    }

    /// GRDB sets `synchronous=NORMAL` last when it turns WAL on, which may lose commits when the
    /// power goes.
    private static func demandFullSync(of pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    }

    /// SQLite does so by itself only where the last connection to close is one that may write, and
    /// the pool closes its readers last.
    private static func emptyLog(_ db: GRDB.Database) throws {
        try db.execute(sql: "PRAGMA busy_timeout = 1000")
        try db.checkpoint(.truncate)
    }

    private static func bringUpToDate(_ pool: DatabasePool, path: String) throws {
        let migrator = migrations
        if try pool.read(migrator.hasBeenSuperseded) {
            throw StorageFault(
                .newerVersion,
                "\(path) was written by a newer version: run that one, or choose another --data"
            )
        }
        try migrator.migrate(pool)
    }
}
