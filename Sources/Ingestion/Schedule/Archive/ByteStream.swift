/// The bytes of one file of a feed, in order, a piece at a time.
protocol ByteStream: AnyObject {
    /// How many bytes the file is said to have.
    var size: Int { get }
    /// CRC-32 (ISO 3309) of what has been read so far.
    var checksum: UInt32 { get }
    /// Fills the start of `buffer`, and returns how many bytes it put there; 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FeedFailure) -> Int
}

extension ByteStream {
    /// All bytes that are left.
    func readAll() throws(FeedFailure) -> [UInt8] {
        guard size <= FeedArchive.heldLimit else {
            throw FeedFailure(
                code: .archiveSuspicious,
                message: "is larger than \(FeedArchive.heldLimit >> 20) MiB, as no feed's is")
        }
        // One byte more than there should be, so that the stream comes to see its own end.
        var bytes = [UInt8](repeating: 0, count: size + 1)
        let count = try fill(&bytes, from: 0)
        guard count <= size else {
            throw FeedFailure(
                code: .archiveUnreadable, message: "grew while it was read; try again")
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// Reads into `bytes` from an offset until there is no room or no more, and returns how many of
    /// them are filled.
    func fill(_ bytes: inout [UInt8], from offset: Int) throws(FeedFailure) -> Int {
        var count = offset
        while count < bytes.count {
            var room = bytes.mutableSpan
            let added = try room.withUnsafeMutableBytes { buffer throws(FeedFailure) -> Int in
                try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            }
            guard added > 0 else { break }
            count += added
        }
        return count
    }
}

/// Bytes that are in memory already.
final class MemoryStream: ByteStream {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var checksum: UInt32 = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var size: Int { bytes.count }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<position + count])
        checksum = Checksum.update(checksum, UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        position += count
        return count
    }
}
