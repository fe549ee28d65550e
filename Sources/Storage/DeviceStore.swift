import Crypto
import Foundation
import GRDB
public import TransitModel

/// A tracker that may speak for one vehicle.
public struct Device: Hashable, Sendable {
    /// The operator's name for it.
    public var id: String
    /// The vehicle it may report.
    public var vehicleID: String
    /// When it was let in.
    public var addedAt: Timestamp
    /// When it was shut out; nil while it may speak.
    public var revokedAt: Timestamp?
}

/// Who may speak for which vehicle.
///
/// Of a token only its SHA-256 is kept.
public struct DeviceStore: Sendable {
    private let database: Database

    /// Opens the store of a database.
    public init(_ database: Database) { self.database = database }

    /// Lets a device in and answers its token, which nobody can ever read again.
    ///
    /// The token is 32 random bytes in base64url. An id that was revoked may come back, with a new
    /// token; one still in force is refused.
    public func add(
        id: String,
        vehicleID: String,
        at now: Timestamp
    ) throws(StorageFault) -> String {
        let token = Self.makeToken()
        try database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO devices (id, vehicle_id, token_hash, added_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET
                        vehicle_id = excluded.vehicle_id, token_hash = excluded.token_hash,
                        added_at = excluded.added_at, revoked_at = NULL
                        WHERE revoked_at IS NOT NULL
                    """,
                arguments: [id, vehicleID, Self.hash(token), now.seconds]
            )
            guard db.changesCount > 0 else {
                throw StorageFault(
                    .refused,
                    "device \(id) exists: revoke it first, or choose another id"
                )
            }
        }
        return token
    }

    /// All devices by id, revoked ones too.
    public func list() throws(StorageFault) -> [Device] {
        try database.read { db in
            let sql = "SELECT id, vehicle_id, added_at, revoked_at FROM devices ORDER BY id"
            return try Row.fetchAll(db, sql: sql).map(Device.init(row:))
        }
    }

    /// Shuts a device out; false when there is none with this id that may speak.
    public func revoke(id: String, at now: Timestamp) throws(StorageFault) -> Bool {
        try database.write { db in
            try db.execute(
                sql: "UPDATE devices SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                arguments: [now.seconds, id]
            )
            return db.changesCount > 0
        }
    }

    /// The vehicle that a token may report; nil for a token that is unknown or revoked.
    ///
    /// Only hashes are compared, in constant time, so that answers' timing tells nothing.
    public func vehicleID(forToken token: String) throws(StorageFault) -> String? {
        let digest = SHA256.hash(data: Data(token.utf8))
        let row = try database.read { db in
            try db.cachedStatement(
                sql: """
                    SELECT token_hash, vehicle_id FROM devices
                    WHERE token_hash = ? AND revoked_at IS NULL
                    """
            ).row(Data(digest))
        }
        guard let row, digest == row.hash else { return nil }
        return row.vehicleID
    }

    private static func makeToken() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func hash(_ token: String) -> Data {
        Data(SHA256.hash(data: Data(token.utf8)))
    }
}

extension Device {
    fileprivate init(row: Row) {
        id = row[0]
        vehicleID = row[1]
        addedAt = Timestamp(row[2])
        revokedAt = (row[3] as Double?).map(Timestamp.init(_:))
    }
}

extension Statement {
    fileprivate func row(_ hash: Data) throws -> (hash: Data, vehicleID: String)? {
        try Row.fetchOne(self, arguments: [hash]).map { ($0[0], $0[1]) }
    }
}
