import Ingestion

/// Writes small zip archives, honest or not.
struct ZipWriter {
    /// An entry, with what its headers say where that is not the truth.
    struct Entry {
        var name: String
        var bytes: [UInt8]
        var isDeflated = false
        /// The bytes in the archive, where they are not made of ``bytes``.
        var packed: [UInt8]?
        var method: Int?
        var claimedSize: Int?
        var claimedPackedSize: Int?
        var claimedChecksum: UInt32?
        var isEncrypted = false
        /// Whether sizes and checksum stand after the bytes and not before, as streaming writers
        /// have it.
        var hasDescriptor = false
        /// Whether the directory has the sizes in the form for archives beyond 4 GiB.
        var isLargeForm = false
        /// The upper half holds a Unix mode.
        var attributes = 0
        /// Number of the entry whose bytes it claims for itself.
        var sharedWith: Int?

        init(name: String, text: String) {
            self.name = name
            bytes = Array(text.utf8)
        }
    }

    var entries: [Entry] = []
    var comment: [UInt8] = []
    /// How many entries the end of the archive tells of, where that is not the truth.
    var claimedCount: Int?

    init(_ files: [String: String] = [:], folder: String = "", isDeflated: Bool = false) {
        entries = files.sorted { $0.key < $1.key }.map {
            var entry = Entry(name: folder + $0.key, text: $0.value)
            entry.isDeflated = isDeflated
            return entry
        }
    }

    /// The bytes of the archive.
    var bytes: [UInt8] { parts.flatMap { $0 } }

    /// The archive in its parts: a header, name and bytes of each entry, the directory's record of
    /// each, the end.
    var parts: [[UInt8]] {
        var parts: [[UInt8]] = []
        var directory: [[UInt8]] = []
        var offsets: [Int] = []
        var count = 0
        for entry in entries {
            offsets.append(entry.sharedWith.map { offsets[$0] } ?? count)
            directory.append(record(of: entry, at: offsets[offsets.count - 1]))
            guard entry.sharedWith == nil else { continue }
            let own = [
                header(of: entry), Array(entry.name.utf8), entry.content, descriptor(of: entry),
            ]
            parts += own
            count += own.reduce(0) { $0 + $1.count }
        }
        return parts + directory + [end(directory.reduce(0) { $0 + $1.count }, at: count)]
    }

    /// The last record of the archive, after a directory of so many bytes.
    func end(_ directorySize: Int, at start: Int) -> [UInt8] {
        let count = half(claimedCount ?? entries.count)
        return word(0x0605_4b50) + half(0) + half(0) + count + count + word(directorySize)
            + word(start) + half(comment.count) + comment
    }

    private func header(of entry: Entry) -> [UInt8] {
        let sizes = entry.hasDescriptor ? word(0) + word(0) + word(0) : self.sizes(of: entry)
        return word(0x0403_4b50) + start(of: entry) + sizes + half(entry.name.utf8.count) + half(0)
    }

    private func descriptor(of entry: Entry) -> [UInt8] {
        entry.hasDescriptor ? word(0x0807_4b50) + sizes(of: entry) : []
    }

    private func record(of entry: Entry, at offset: Int) -> [UInt8] {
        let name = Array(entry.name.utf8)
        let extra = entry.isLargeForm ? largeForm(of: entry) : []
        let sizes =
            entry.isLargeForm
            ? word(Int(entry.checksum)) + word(-1) + word(-1) : self.sizes(of: entry)
        return word(0x0201_4b50) + half(3 << 8 | 20) + start(of: entry) + sizes + half(name.count)
            + half(extra.count) + half(0) + half(0) + half(0) + word(entry.attributes)
            + word(offset)
            + name + extra
    }

    /// The fields from the version to the date, which both headers share.
    private func start(of entry: Entry) -> [UInt8] {
        let flags = (entry.isEncrypted ? 1 : 0) | (entry.hasDescriptor ? 8 : 0)
        let method = entry.method ?? (entry.isDeflated ? 8 : 0)
        return half(20) + half(flags) + half(method) + half(0) + half(0x21)
    }

    private func sizes(of entry: Entry) -> [UInt8] {
        word(Int(entry.checksum)) + word(entry.packedSize) + word(entry.size)
    }

    private func largeForm(of entry: Entry) -> [UInt8] {
        half(1) + half(16) + long(entry.size) + long(entry.packedSize)
    }

    private func half(_ value: Int) -> [UInt8] { little(value, 2) }
    private func word(_ value: Int) -> [UInt8] { little(value, 4) }
    private func long(_ value: Int) -> [UInt8] { little(value, 8) }

    private func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

extension ZipWriter.Entry {
    fileprivate var content: [UInt8] { packed ?? (isDeflated ? Self.deflated(bytes) : bytes) }
    fileprivate var size: Int { claimedSize ?? bytes.count }
    fileprivate var packedSize: Int { claimedPackedSize ?? content.count }

    /// CRC-32 as in ISO 3309, with which a gzip ends but for its size.
    fileprivate var checksum: UInt32 {
        claimedChecksum
            ?? Self.gzip(bytes).suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// A raw deflate stream: what a gzip has between its ten bytes of header and eight of trailer.
    static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        Array(gzip(bytes).dropFirst(10).dropLast(8))
    }

    private static func gzip(_ bytes: [UInt8]) -> [UInt8] { (try? Gzip.deflate(bytes)) ?? [] }
}
