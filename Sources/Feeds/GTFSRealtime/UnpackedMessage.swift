import CGTFSRealtime
import CProtobufC

/// A feed message in protobuf-c's structures, freed with its owner.
struct UnpackedMessage: ~Copyable {
    /// The message; valid for as long as the owner lives.
    let message: UnsafeMutablePointer<TransitRealtime__FeedMessage>

    /// Unpacks bytes; fails on anything that is not a whole FeedMessage.
    init(_ bytes: [UInt8]) throws(FeedDecodingError) {
        let unpacked = transit_realtime__feed_message__unpack(nil, bytes.count, bytes)
        guard let unpacked else { throw .undecodable(byteCount: bytes.count) }
        message = unpacked
    }

    deinit {
        transit_realtime__feed_message__free_unpacked(message, nil)
    }
}
