import Foundation
import GRDB
import TransitModel

/// The devices in force, in memory: whoever speaks is known without a look at the disk, and goes on
/// being known when the disk fails.
final class DeviceRegister: Sendable {
    private let byToken: [TokenDigest: DeviceInForce]
    private let byID: [String: DeviceInForce]
    private let vehicles: Set<String>

    /// Reads the register from the disk.
    init(_ db: GRDB.Database) throws {
        var byToken: [TokenDigest: DeviceInForce] = [:]
        var byID: [String: DeviceInForce] = [:]
        var vehicles: Set<String> = []
        let sql = "SELECT * FROM devices WHERE revoked_at IS NULL"
        for row in try Row.fetchAll(db, sql: sql) {
            let device = DeviceInForce(
                device: Device(row: row),
                signingKey: (row["signing_key"] as Data?).map(SigningKey.init))
            byID[device.device.id] = device
            if device.signingKey == nil, let digest = TokenDigest(row["token_hash"] as Data) {
                byToken[digest] = device
            }
            if let vehicle = device.device.vehicleID { vehicles.insert(vehicle) }
        }
        self.byToken = byToken
        self.byID = byID
        self.vehicles = vehicles
    }

    /// The device whose token has this digest.
    func device(_ digest: TokenDigest) -> DeviceInForce? { byToken[digest] }

    func device(id: String) -> DeviceInForce? { byID[id] }

    /// Whether some device is for a vehicle.
    func knows(vehicleID: String) -> Bool { vehicles.contains(vehicleID) }
}

/// A device that may speak now.
///
/// A class, since it is looked up for every message and none should copy it.
public final class DeviceInForce: Sendable {
    /// What the operator has set.
    public let device: Device
    /// Its key; nil for one that sends its token.
    public let signingKey: SigningKey?

    init(device: Device, signingKey: SigningKey?) {
        self.device = device
        self.signingKey = signingKey
    }
}

extension Device {
    init(row: Row) {
        self.init(
            id: row["id"], vehicleID: row["vehicle_id"], wire: row["wire"],
            isSigning: (row["signing_key"] as Data?) != nil,
            addedAt: Timestamp(row["added_at"]),
            revokedAt: (row["revoked_at"] as Double?).map { Timestamp($0) })
    }
}
