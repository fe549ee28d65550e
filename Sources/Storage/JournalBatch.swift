import GRDB
import Geometry
import TransitModel

/// The pings of one message, kept or refused together.
struct JournalBatch: Sendable {
    var pings: [Ping]
    /// What proves that the message is not an old one sent again; nil for one that was not signed.
    var signature: MessageSequence?

    var isEmpty: Bool { pings.isEmpty && signature == nil }

    /// Time of the newest fix.
    var newest: Timestamp { pings.lazy.map(\.timestamp).max() ?? Timestamp(-.infinity) }

    /// The vehicle that all pings are of; nil when there are several.
    var vehicleID: String? {
        guard let first = pings.first?.vehicleID else { return nil }
        return pings.allSatisfy { $0.vehicleID == first } ? first : nil
    }

    /// Why the batch cannot be kept, after noting its sequence number in the same transaction.
    func fault(in db: GRDB.Database) throws -> StorageFault? {
        if let fault = unusable { return fault }
        return try signature?.fault(in: db)
    }

    /// SQLite would take a number that is none for a missing value and fail the whole transaction.
    private var unusable: StorageFault? {
        for ping in pings where !ping.isFinite {
            return StorageFault(
                .refused, "a ping of vehicle \(ping.vehicleID) holds a number that is none: drop it"
            )
        }
        return nil
    }
}

/// The number of a device's signed message, which must rise from message to message.
public struct MessageSequence: Hashable, Sendable {
    /// The device that signed.
    public var deviceID: String
    /// Its number.
    public var number: Int64

    /// Numbers a message.
    public init(deviceID: String, number: Int64) {
        self.deviceID = deviceID
        self.number = number
    }

    /// Notes the number; a fault when a number as high came before.
    ///
    /// In the transaction that keeps the pings, so that no crash can forget the one without the other.
    fileprivate func fault(in db: GRDB.Database) throws -> StorageFault? {
        try db.execute(
            sql: "UPDATE devices SET last_sequence = ? WHERE id = ? AND last_sequence < ?",
            arguments: [number, deviceID, number]
        )
        guard db.changesCount == 0 else { return nil }
        return StorageFault(
            .replayed, "sequence number \(number) came before: send a higher one each time")
    }
}

extension Ping {
    fileprivate var isFinite: Bool {
        timestamp.seconds.isFinite && receivedAt.seconds.isFinite && coordinate.latitude.isFinite
            && coordinate.longitude.isFinite
    }
}
