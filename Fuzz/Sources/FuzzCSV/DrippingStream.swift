@testable import Ingestion

/// A file that comes a few bytes at a time.
final class DrippingStream: ByteStream {
    var size: Int { bytes.count }
    private(set) var checksum: UInt32 = 0
    private let bytes: [UInt8]
    private let step: Int
    private var position = 0

    init(_ bytes: [UInt8], step: Int) {
        self.bytes = bytes
        self.step = step
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, step, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<position + count])
        position += count
        return count
    }
}
