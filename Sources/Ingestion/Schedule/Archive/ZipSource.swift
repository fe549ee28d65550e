/// A feed in a zip archive; nothing is ever unpacked to disk.
///
/// Everything that the archive's directory tells is checked before a byte is inflated. What an
/// entry yields beyond its declared size, or with another checksum, is refused too.
final class ZipSource: FeedSource {
    private let archive: ZipArchive
    private let entries: [String: ZipArchive.Entry]
    let outerFolder: String

    init(_ path: String) throws(FeedFailure) {
        // One opening for both, so that what is read is what was checked.
        let file = try PlainFile.open(path, named: nil)
        let end = ZipEnd(file)
        try end?.check()
        archive = try ZipArchive(file)
        let entries = try Self.list(archive)
        let rebased = ZipChecks.rebased(entries)
        outerFolder = rebased == nil || entries.isEmpty ? "" : ".."
        let list = rebased ?? entries
        try ZipChecks.check(list, in: end?.archiveSize ?? 0)
        let files = list.filter { !$0.path.hasSuffix("/") && !$0.path.hasSuffix("\\") }
        self.entries = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { old, _ in old })
    }

    var paths: [String] { entries.keys.sorted() }

    func size(_ path: String) -> Int { entries[path].map { Int(clamping: $0.size) } ?? 0 }

    func stream(_ path: String) throws(FeedFailure) -> sending any ByteStream {
        guard let entry = entries[path] else { throw Self.damaged(path) }
        if case .unreadable(let method) = entry.packing {
            throw FeedFailure(
                code: .archiveUnreadable, file: path.shown,
                message: "is packed in a way that cannot be read (method \(method)); zip the files "
                    + "anew")
        }
        guard let stream = ZipEntryStream(entry, of: archive) else { throw Self.damaged(path) }
        return stream
    }

    private static func list(_ archive: ZipArchive) throws(FeedFailure) -> [ZipArchive.Entry] {
        let count = max(0, archive.entryCount)
        try ZipChecks.check(count: UInt64(count))
        var entries: [ZipArchive.Entry] = []
        for index in 0..<count {
            guard let entry = archive.entry(at: index) else { throw damaged("entry \(index)") }
            entries.append(entry)
        }
        return entries
    }

    static func damaged(_ path: String) -> FeedFailure {
        FeedFailure(
            code: .archiveUnreadable, file: path.shown,
            message: "is damaged in the archive; fetch the feed again")
    }
}

/// One entry of a zip archive, inflated as it is read.
final class ZipEntryStream: ByteStream {
    private static let inputSize = 128 << 10

    private let archive: ZipArchive
    private let entry: ZipArchive.Entry
    private let file: ZipArchive.OpenEntry
    private let inflater: Inflater?
    private let input: UnsafeMutableRawBufferPointer
    private(set) var checksum: UInt32 = 0
    private var count: UInt64 = 0

    /// Opens the entry; nil when the archive is damaged there.
    init?(_ entry: ZipArchive.Entry, of archive: ZipArchive) {
        guard let file = archive.open(entry) else { return nil }
        self.archive = archive
        self.entry = entry
        self.file = file
        let isDeflated = entry.packing == .deflated
        inflater = isDeflated ? Inflater() : nil
        input = .allocate(byteCount: isDeflated ? Self.inputSize : 0, alignment: 64)
    }

    deinit {
        input.deallocate()
        archive.close(file)
    }

    var size: Int { Int(entry.size) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FeedFailure) -> Int {
        guard !buffer.isEmpty else { return 0 }
        let read =
            try inflater.map { inflater throws(FeedFailure) in
                try inflate(with: inflater, into: buffer)
            } ?? archive.read(file, into: buffer)
        guard read >= 0 else { throw ZipSource.damaged(entry.path) }
        count += UInt64(read)
        checksum = Checksum.update(checksum, UnsafeRawBufferPointer(rebasing: buffer[..<read]))
        let isWhole = count == entry.size && checksum == entry.checksum
        guard count <= entry.size, read > 0 || isWhole else {
            throw ZipSource.damaged(entry.path)
        }
        return read
    }

    private func inflate(
        with inflater: Inflater, into buffer: UnsafeMutableRawBufferPointer
    ) throws(FeedFailure) -> Int {
        while true {
            switch inflater.inflate(into: buffer) {
            case .wroteSome(let count): return count
            case .finished: return 0
            case .damaged: throw ZipSource.damaged(entry.path)
            case .needsInput:
                let read = archive.read(file, into: input)
                guard read > 0 else { throw ZipSource.damaged(entry.path) }
                inflater.feed(UnsafeMutableRawBufferPointer(rebasing: input[..<read]))
            }
        }
    }
}
