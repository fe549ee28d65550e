import Foundation
import GRDB
public import TransitModel

/// A GTFS that was ordered: put in force at once, or from a service date on.
public struct KeptTimetable: Hashable, Sendable {
    /// The service date from which it holds; nil when it was put in force at once.
    public var startsOn: ServiceDate?
    /// The folder or zip that it was read from, which may be gone by now.
    public var source: String
    /// `feed_version`, or another text that names this version.
    public var version: String
    /// ``ContentFingerprint`` of what lay at `source`.
    public var fingerprint: String
    /// What `--gtfs` named when this was ordered.
    public var argument: String
    /// Fingerprint of what lay there then; nil when nothing did.
    public var argumentFingerprint: String?
    /// When it was ordered.
    public var orderedAt: Timestamp
    /// Whether it is in force, or still to come.
    public var isInForce: Bool

    /// Makes an order.
    public init(
        startsOn: ServiceDate? = nil,
        source: String,
        version: String,
        fingerprint: String,
        argument: String,
        argumentFingerprint: String?,
        orderedAt: Timestamp,
        isInForce: Bool
    ) {
        self.startsOn = startsOn
        self.source = source
        self.version = version
        self.fingerprint = fingerprint
        self.argument = argument
        self.argumentFingerprint = argumentFingerprint
        self.orderedAt = orderedAt
        self.isInForce = isInForce
    }
}

/// What `--gtfs` named when it last was good.
public struct KeptArgument: Hashable, Sendable {
    /// The folder or zip.
    public var source: String
    /// `feed_version`, or another text that names this version.
    public var version: String
    /// ``ContentFingerprint`` of what lay there.
    public var fingerprint: String
    /// Of what came to lie there later and was refused; nil when nothing was.
    public var refusedFingerprint: String?

    /// Notes what has been taken.
    public init(
        source: String, version: String, fingerprint: String, refusedFingerprint: String? = nil
    ) {
        self.source = source
        self.version = version
        self.fingerprint = fingerprint
        self.refusedFingerprint = refusedFingerprint
    }
}

/// The timetables that dispatchers ordered and the last good one of `--gtfs`, each with a copy of its
/// archive in the data folder, so that they outlive a restart and the files they came from.
///
/// There is at most one order in force, and one to come for each date. Copies that nothing needs any
/// more are deleted.
public struct TimetableStore: Sendable {
    /// Orders for dates to come that are kept at most.
    public static let mostStaged = 20

    private let database: Database
    private let copies: CopyFolder

    /// Opens the store of a database; copies lie in the folder `timetables` beside it.
    public init(_ database: Database) {
        self.database = database
        let folder = URL(fileURLWithPath: database.path).deletingLastPathComponent()
        copies = CopyFolder(path: folder.appendingPathComponent("timetables").path)
    }

    /// The orders: the one in force first, then those to come by date.
    public func list() throws(StorageFault) -> [KeptTimetable] {
        try database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(Self.columns) FROM timetables ORDER BY is_in_force DESC, starts_on
                    """
            ).map(KeptTimetable.init(row:))
        }
    }

    /// The order in force; nil while what `--gtfs` names is.
    public func inForce() throws(StorageFault) -> KeptTimetable? {
        try list().first { $0.isInForce }
    }

    /// The orders for dates to come, by date.
    public func staged() throws(StorageFault) -> [KeptTimetable] {
        try list().filter { !$0.isInForce }
    }

    /// The archive of an order, as it was when ordered.
    public func copy(of timetable: KeptTimetable) -> String {
        copies.file(timetable.fingerprint)
    }

    /// The archive that `--gtfs` named when it last was good.
    public func copy(of argument: KeptArgument) -> String { copies.file(argument.fingerprint) }

    /// Writes the archive of a timetable beside the database; its order must be kept next, since
    /// copies without one go.
    public func keepCopy(_ archive: [UInt8], _ fingerprint: String) throws(StorageFault) {
        try copies.write(archive, fingerprint)
    }

    /// Writes an order down, in place of the one in force or the one for its date.
    public func keep(_ timetable: KeptTimetable) throws(StorageFault) {
        try database.write { db in
            try db.execute(
                sql: timetable.isInForce
                    ? "DELETE FROM timetables WHERE is_in_force = 1"
                    : "DELETE FROM timetables WHERE is_in_force = 0 AND starts_on = ?",
                arguments: timetable.isInForce ? [] : [timetable.startsOn?.text]
            )
            let staged = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM timetables WHERE is_in_force = 0")
            guard timetable.isInForce || staged ?? 0 < Self.mostStaged else {
                throw StorageFault(
                    .refused, "\(Self.mostStaged) timetables wait for their date: cancel one first")
            }
            try db.execute(sql: Self.insertion, arguments: timetable.arguments)
        }
        try deleteStrayCopies()
    }

    /// Notes that the order for a date is in force, in place of the one before; orders for earlier
    /// dates have been overtaken and go.
    public func begin(
        _ date: ServiceDate,
        argumentFingerprint: String?
    ) throws(StorageFault) {
        try database.write { db in
            try db.execute(
                sql: "DELETE FROM timetables WHERE is_in_force = 1 OR starts_on < ?",
                arguments: [date.text]
            )
            try db.execute(
                sql: """
                    UPDATE timetables SET is_in_force = 1, argument_fingerprint = ?
                    WHERE starts_on = ?
                    """,
                arguments: [argumentFingerprint, date.text]
            )
        }
        try deleteStrayCopies()
    }

    /// Takes an order for a date back; false when there is none.
    public func cancel(_ date: ServiceDate) throws(StorageFault) -> Bool {
        let isGone = try database.write { db in
            try db.execute(
                sql: "DELETE FROM timetables WHERE is_in_force = 0 AND starts_on = ?",
                arguments: [date.text]
            )
            return db.changesCount > 0
        }
        try deleteStrayCopies()
        return isGone
    }

    // MARK: - What `--gtfs` names

    /// What `--gtfs` named when it last was good; nil when it never was.
    public func argument() throws(StorageFault) -> KeptArgument? {
        try database.read { db in
            try Row.fetchOne(
                db,
                sql: "SELECT source, version, fingerprint, refused_fingerprint FROM argument"
            ).map {
                KeptArgument(
                    source: $0[0], version: $0[1], fingerprint: $0[2], refusedFingerprint: $0[3])
            }
        }
    }

    /// Notes that what `--gtfs` names is in force, in place of any order.
    public func begin(_ argument: KeptArgument) throws(StorageFault) {
        try database.write { db in
            try db.execute(sql: "DELETE FROM timetables WHERE is_in_force = 1")
            try db.execute(
                sql: "INSERT OR REPLACE INTO argument VALUES (1, ?, ?, ?, NULL)",
                arguments: [argument.source, argument.version, argument.fingerprint]
            )
        }
        try deleteStrayCopies()
    }

    /// Notes that what `--gtfs` names by now was refused, so that it is not taken at a restart.
    public func refuseArgument(_ fingerprint: String) throws(StorageFault) {
        try database.write { db in
            try db.execute(
                sql: "UPDATE argument SET refused_fingerprint = ?", arguments: [fingerprint])
        }
    }

    /// Deletes copies that nothing needs, such as what a crash between copying and writing down has
    /// left.
    public func deleteStrayCopies() throws(StorageFault) {
        var needed = Set(try list().map(\.fingerprint))
        if let argument = try argument() { needed.insert(argument.fingerprint) }
        copies.delete(allBut: needed)
    }

    private static let columns = """
        starts_on, source, version, fingerprint, argument, argument_fingerprint, ordered_at,
        is_in_force
        """

    private static let insertion =
        "INSERT INTO timetables (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
}

extension KeptTimetable {
    fileprivate var arguments: StatementArguments {
        [
            startsOn?.text, source, version, fingerprint, argument, argumentFingerprint,
            orderedAt.seconds, isInForce,
        ]
    }

    /// Reads a row whose columns are in the store's order.
    fileprivate init(row: Row) {
        self.init(
            startsOn: (row[0] as String?).flatMap { ServiceDate(text: $0) },
            source: row[1],
            version: row[2],
            fingerprint: row[3],
            argument: row[4],
            argumentFingerprint: row[5],
            orderedAt: Timestamp(row[6]),
            isInForce: row[7]
        )
    }
}
