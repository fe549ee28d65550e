import CGTFSRealtime
import CProtobufC

/// Builds one entity after the other in protobuf-c's structures and packs it.
struct EntityWriter: ~Copyable {
    /// An entity under construction.
    typealias Entity = UnsafeMutablePointer<TransitRealtime__FeedEntity>

    /// The header's timestamp of the message that the entities go into.
    let now: Int64
    var arena = FeedArena()

    init(at now: Int64) { self.now = now }

    /// Starts an entity that is given its payload next; the one before must be packed.
    mutating func start(id: String) -> Entity {
        arena.clear()
        let entity = arena.make(transit_realtime__feed_entity__init)
        entity.pointee.id = arena.text(id)
        return entity
    }

    /// An entity as it stands in a message: field 2, its length, and what it says.
    func pack(_ entity: Entity) -> [UInt8] {
        Self.field(2, size: transit_realtime__feed_entity__get_packed_size(entity)) {
            transit_realtime__feed_entity__pack(entity, $0)
        }
    }

    /// A header as it stands in a message: field 1.
    mutating func pack(_ header: FeedHeader) -> [UInt8] {
        arena.clear()
        let made = arena.make(transit_realtime__feed_header__init)
        made.pointee.gtfs_realtime_version = arena.text("2.0")
        made.pointee.has_incrementality = 1
        made.pointee.incrementality = TRANSIT_REALTIME__FEED_HEADER__INCREMENTALITY__FULL_DATASET
        made.pointee.has_timestamp = 1
        made.pointee.timestamp = UInt64(max(0, header.timestamp))
        if !header.feedVersion.isEmpty {
            made.pointee.feed_version = arena.text(header.feedVersion)
        }
        return Self.field(1, size: transit_realtime__feed_header__get_packed_size(made)) {
            transit_realtime__feed_header__pack(made, $0)
        }
    }

    /// A moment of measurement as the feed may say it: never after the header's.
    func clamped(_ seconds: Double) -> UInt64 {
        UInt64(max(0, min(Int64(seconds.rounded(.down)), now)))
    }

    /// A field of a message that holds bytes.
    private static func field(
        _ number: UInt8, size: Int, _ pack: (UnsafeMutablePointer<UInt8>) -> Int
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size + 11) { bytes, count in
            bytes[0] = number << 3 | 2
            count = 1
            var rest = size
            repeat {
                bytes[count] = UInt8(rest & 127) | (rest > 127 ? 128 : 0)
                rest >>= 7
                count += 1
            } while rest > 0
            if let start = bytes.baseAddress { count += pack(start + count) }
        }
    }
}
