import CZlib

/// Writes a zip archive field by field, so that any of them can lie.
struct ZipBytes {
    /// A file as the archive has it.
    struct Entry {
        var name: String
        var packed: ArraySlice<UInt8>
        var method: Int
        var size: Int
        var checksum: UInt
        var flags = 0
        var hasDescriptor = false
        /// Whether sizes and offset stand in the form for archives above 4 GiB.
        var isLargeForm = false

        init(name: String, bytes: [UInt8], isDeflated: Bool) {
            self.name = name
            packed = isDeflated ? deflated(bytes)[...] : bytes[...]
            method = isDeflated ? 8 : 0
            size = bytes.count
            checksum = crc32(0, bytes, uInt(bytes.count))
        }
    }

    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ entry: Entry) {
        let offset = bytes.count
        let name = Array(entry.name.utf8)
        let sizes = word(Int(entry.checksum)) + word(entry.packed.count) + word(entry.size)
        let start = half(entry.flags | (entry.hasDescriptor ? 8 : 0)) + half(entry.method) + word(0)
        bytes += word(0x0403_4b50) + half(20) + start
        bytes += entry.hasDescriptor ? word(0) + word(0) + word(0) : sizes
        bytes += half(name.count) + half(0) + name + entry.packed
        if entry.hasDescriptor { bytes += word(0x0807_4b50) + sizes }

        let extra = entry.isLargeForm ? largeForm(entry, offset) : []
        directory += word(0x0201_4b50) + half(45) + half(20) + start + word(Int(entry.checksum))
        directory += entry.isLargeForm ? word(-1) + word(-1) : Array(sizes.dropFirst(4))
        directory += half(name.count) + half(extra.count) + half(0) + half(0) + half(0) + word(0)
        directory += word(entry.isLargeForm ? -1 : offset) + name + extra
        count += 1
    }

    /// The archive with its directory.
    var closed: [UInt8] {
        bytes + directory + word(0x0605_4b50) + word(0) + half(count) + half(count)
            + word(directory.count) + word(bytes.count) + half(0)
    }

    private func largeForm(_ entry: Entry, _ offset: Int) -> [UInt8] {
        half(1) + half(24) + long(entry.size) + long(entry.packed.count) + long(offset)
    }

    private func half(_ value: Int) -> [UInt8] { little(value, 2) }
    private func word(_ value: Int) -> [UInt8] { little(value, 4) }
    private func long(_ value: Int) -> [UInt8] { little(value, 8) }

    private func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

/// A raw deflate stream of bytes.
private func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard
        deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
            == Z_OK
    else { fatalError("zlib does not start") }
    defer { deflateEnd(&stream) }
    let room = Int(deflateBound(&stream, UInt(bytes.count)))
    return bytes.withUnsafeMutableBufferPointer { input in
        [UInt8](unsafeUninitializedCapacity: room) { output, count in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { fatalError("zlib fails") }
            count = room - Int(stream.avail_out)
        }
    }
}
