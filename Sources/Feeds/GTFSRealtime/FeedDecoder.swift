import CGTFSRealtime
import CProtobufC

/// Why bytes are not a feed.
public enum FeedDecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// They are cut short, damaged, or lack what a FeedMessage must have.
    case undecodable(byteCount: Int)

    /// What is wrong, for people.
    public var description: String {
        switch self {
        case .undecodable(let count): "\(count) bytes are not a GTFS-Realtime FeedMessage"
        }
    }
}

/// GTFS-Realtime bytes to Swift values, unpacked by protobuf-c.
///
/// Reads what producers of vehicles, predictions and alerts send; detours, new stops and new shapes
/// are skipped. Enum values that the specification does not know count as absent, as protobuf asks.
public struct FeedDecoder: Sendable {
    /// Makes a decoder.
    public init() {}

    /// The feed in the bytes of a FeedMessage.
    public func decode(_ bytes: [UInt8]) throws(FeedDecodingError) -> DecodedFeed {
        let unpacked = try UnpackedMessage(bytes)
        let source = unpacked.message.pointee
        var feed = DecodedFeed(version: "")
        if let header = source.header?.pointee {
            feed.version = text(header.gtfs_realtime_version) ?? ""
            feed.isDifferential =
                header.incrementality == TRANSIT_REALTIME__FEED_HEADER__INCREMENTALITY__DIFFERENTIAL
            feed.timestamp = value(header.has_timestamp, Int64(clamping: header.timestamp))
            feed.feedVersion = text(header.feed_version)
        }
        feed.entities = list(source.n_entity, source.entity) { entity($0) }
        return feed
    }
}

private func entity(_ source: TransitRealtime__FeedEntity) -> DecodedEntity {
    DecodedEntity(
        id: text(source.id) ?? "", isDeleted: source.is_deleted != 0,
        tripUpdate: source.trip_update.map { DecodedTripUpdate($0.pointee) },
        vehicle: source.vehicle.map { DecodedVehiclePosition($0.pointee) },
        alert: source.alert.map { DecodedAlert($0.pointee) })
}
