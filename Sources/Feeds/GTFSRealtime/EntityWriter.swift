import CGTFSRealtime
import CProtobufC

/// A feed message under construction in protobuf-c's structures.
struct MessageWriter: ~Copyable {
    /// What stands at its head.
    let header: FeedHeader
    var arena = FeedArena()
    private var entities: [UnsafeMutablePointer<TransitRealtime__FeedEntity>?] = []

    /// Starts a message without entities.
    init(_ header: FeedHeader) {
        self.header = header
    }

    /// Appends an entity with an id and returns it to be given its payload.
    mutating func addEntity(id: String) -> UnsafeMutablePointer<TransitRealtime__FeedEntity> {
        let entity = arena.make(transit_realtime__feed_entity__init)
        entity.pointee.id = arena.text(id)
        entities.append(entity)
        return entity
    }

    /// A moment of measurement as the feed may say it: never after the header's.
    func clamped(_ seconds: Double) -> UInt64 {
        UInt64(max(0, min(Int64(seconds.rounded(.down)), header.timestamp)))
    }

    /// The message as bytes.
    consuming func pack() -> [UInt8] {
        let message = arena.make(transit_realtime__feed_message__init)
        message.pointee.header = packedHeader()
        message.pointee.n_entity = entities.count
        message.pointee.entity = arena.copy(entities)
        let size = transit_realtime__feed_message__get_packed_size(message)
        return [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
            count = transit_realtime__feed_message__pack(message, bytes.baseAddress)
        }
    }

    private mutating func packedHeader() -> UnsafeMutablePointer<TransitRealtime__FeedHeader> {
        let made = arena.make(transit_realtime__feed_header__init)
        made.pointee.gtfs_realtime_version = arena.text("2.0")
        made.pointee.has_incrementality = 1
        made.pointee.incrementality = TRANSIT_REALTIME__FEED_HEADER__INCREMENTALITY__FULL_DATASET
        made.pointee.has_timestamp = 1
        made.pointee.timestamp = UInt64(max(0, header.timestamp))
        if !header.feedVersion.isEmpty {
            made.pointee.feed_version = arena.text(header.feedVersion)
        }
        return made
    }
}
