import CZip

/// A zip archive, read through libzip; nothing is ever unpacked to disk.
///
/// Everything that the central directory tells is checked before a byte is inflated. What an entry
/// yields beyond its declared size is refused too.
final class ZipSource: FeedSource {
    /// What the directory of the archive says of an entry.
    struct Entry {
        let index: UInt64
        var path: String
        let size: UInt64
        let packedSize: UInt64
        let isEncrypted: Bool
    }

    private let archive: OpaquePointer
    private let entries: [String: Entry]

    init(_ path: String) throws(FeedFailure) {
        archive = try Self.open(path)
        do throws(FeedFailure) {
            let list = ZipChecks.rebased(try Self.list(archive))
            try ZipChecks.check(list)
            let files = list.filter { !$0.path.hasSuffix("/") }
            entries = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { old, _ in old })
        } catch {
            zip_discard(archive)
            throw error
        }
    }

    deinit { zip_discard(archive) }

    var paths: [String] { entries.keys.sorted() }

    func read(_ path: String) throws(FeedFailure) -> [UInt8] {
        guard let entry = entries[path], let file = zip_fopen_index(archive, entry.index, 0) else {
            throw Self.damaged(path)
        }
        defer { zip_fclose(file) }
        let size = Int(entry.size)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = Self.fill(buffer, from: file)
        }
        var beyond: UInt8 = 0
        guard bytes.count == size, zip_fread(file, &beyond, 1) == 0 else {
            throw Self.damaged(path)
        }
        return bytes
    }

    /// Reads until the buffer is full or the entry ends or fails, and returns how much it read.
    private static func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, from file: OpaquePointer)
        -> Int
    {
        var count = 0
        while count < buffer.count {
            let rest = UnsafeMutableBufferPointer(rebasing: buffer[count...])
            let read = zip_fread(file, rest.baseAddress, zip_uint64_t(rest.count))
            guard read > 0 else { break }
            count += Int(read)
        }
        return count
    }

    private static func open(_ path: String) throws(FeedFailure) -> OpaquePointer {
        var code: Int32 = 0
        if let archive = zip_open(path, ZIP_RDONLY, &code) { return archive }
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        let reason = String(cString: zip_error_strerror(&error))
        throw FeedFailure(
            code: .archiveUnreadable,
            message: "is not a whole zip archive (\(reason)); fetch the feed again"
        )
    }

    private static func list(_ archive: OpaquePointer) throws(FeedFailure) -> [Entry] {
        let count = zip_get_num_entries(archive, 0)
        try ZipChecks.check(count: Int(count))
        var entries: [Entry] = []
        for index in 0..<zip_uint64_t(max(0, count)) {
            var stat = zip_stat_t()
            guard zip_stat_index(archive, index, 0, &stat) == 0, let name = stat.name else {
                throw damaged("entry \(index)")
            }
            entries.append(
                Entry(
                    index: index,
                    path: String(cString: name),
                    size: stat.size,
                    packedSize: stat.comp_size,
                    isEncrypted: stat.encryption_method != 0
                )
            )
        }
        return entries
    }

    private static func damaged(_ path: String) -> FeedFailure {
        FeedFailure(
            code: .archiveUnreadable,
            file: path,
            message: "is damaged in the archive; fetch the feed again"
        )
    }
}
