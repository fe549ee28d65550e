import Crypto
import Foundation
import GRDB
import Synchronization
public import TransitModel

/// Who may speak for which vehicle.
///
/// Of a token only its SHA-256 is kept. The key of a device that signs must be kept as it is, since
/// its signatures are checked with it.
public final class DeviceStore: Sendable {
    private let database: Database
    /// Nil until it is read, and after each change.
    private let register = Mutex<DeviceRegister?>(nil)

    /// Opens the store of a database.
    public init(_ database: Database) { self.database = database }

    /// Lets a device in and answers its token, which nobody can ever read again; for one that signs,
    /// its key, whose text is used as it stands.
    ///
    /// Either is 32 random bytes in base64url. An id that was revoked may come back, with a new token;
    /// one still in force is refused.
    public func add(_ device: Device) throws(StorageFault) -> String {
        let secret = Self.makeSecret()
        // Nobody is told the token of a device that signs.
        let token = device.isSigning ? Self.makeSecret() : secret
        try database.write { db in
            try db.execute(
                sql: Self.insertion,
                arguments: [
                    device.id, device.vehicleID, TokenDigest(of: Array(token.utf8)).data,
                    device.isSigning ? Data(secret.utf8) : nil, device.wire, device.addedAt.seconds,
                ]
            )
            guard db.changesCount > 0 else {
                throw StorageFault(
                    .refused,
                    "device \(device.id) exists: revoke it first, or choose another id"
                )
            }
        }
        register.withLock { $0 = nil }
        return secret
    }

    /// All devices by id, revoked ones too.
    public func list() throws(StorageFault) -> [Device] {
        try database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM devices ORDER BY id").map(Device.init(row:))
        }
    }

    /// Shuts a device out; false when there is none with this id that may speak.
    public func revoke(id: String, at now: Timestamp) throws(StorageFault) -> Bool {
        let isGone = try database.write { db in
            try db.execute(
                sql: "UPDATE devices SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                arguments: [now.seconds, id]
            )
            return db.changesCount > 0
        }
        register.withLock { $0 = nil }
        return isGone
    }

    /// The device that a token lets speak; nil for a token that is unknown or revoked.
    ///
    /// Only hashes are compared, in constant time, so that answers' timing tells nothing.
    public func device(token: some Sequence<UInt8>) throws(StorageFault) -> DeviceInForce? {
        let digest = TokenDigest(of: Array(token))
        return try inForce().device(digest)
    }

    /// The device with an id, if it may speak.
    public func device(id: String) throws(StorageFault) -> DeviceInForce? {
        try inForce().device(id: id)
    }

    /// Whether some device in force is for a vehicle, so that a gateway may report it.
    public func knows(vehicleID: String) throws(StorageFault) -> Bool {
        try inForce().knows(vehicleID: vehicleID)
    }

    private func inForce() throws(StorageFault) -> DeviceRegister {
        try register.withLock { (known) throws(StorageFault) in
            if let known { return known }
            let fresh = try database.read { try DeviceRegister($0) }
            known = fresh
            return fresh
        }
    }

    private static let insertion = """
        INSERT INTO devices (id, vehicle_id, token_hash, signing_key, wire, added_at)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
            vehicle_id = excluded.vehicle_id, token_hash = excluded.token_hash,
            signing_key = excluded.signing_key, wire = excluded.wire, last_sequence = -1,
            added_at = excluded.added_at, revoked_at = NULL
            WHERE revoked_at IS NOT NULL
        """

    private static func makeSecret() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
