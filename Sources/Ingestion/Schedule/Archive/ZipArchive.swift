import CZip
import Foundation
import Synchronization

/// A zip archive open for reading, through libzip.
///
/// libzip must not be asked by two threads at once, so each call holds the lock. Entries come out
/// as they are packed: inflating them is somebody else's work, on any thread.
final class ZipArchive: Sendable {
    /// What the directory of the archive says of an entry.
    struct Entry: Sendable {
        let index: UInt64
        var path: String
        let size: UInt64
        let packedSize: UInt64
        let checksum: UInt32
        let packing: Packing
        let isEncrypted: Bool
        /// Whether it is a symbolic link.
        let isLink: Bool
    }

    /// How an entry is packed.
    enum Packing: Equatable, Sendable {
        case stored
        case deflated
        /// In a way that only libzip can undo.
        case other
        /// In a way that this libzip cannot undo.
        case unreadable(method: UInt16)
    }

    /// An entry that is open; good for one reader.
    struct OpenEntry: @unchecked Sendable {
        fileprivate let pointer: OpaquePointer
    }

    private struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private let handle: Mutex<Handle>

    /// Opens the archive in a file that is open for reading, which stays open for as long.
    init(_ file: PlainFile.Opened) throws(FeedFailure) {
        var code: Int32 = 0
        let descriptor = dup(file.handle.fileDescriptor)
        guard let pointer = zip_fdopen(descriptor, 0, &code) else {
            _ = Foundation.close(descriptor)
            throw Self.unreadable(code)
        }
        handle = Mutex(Handle(pointer: pointer))
    }

    deinit { handle.withLock { zip_discard($0.pointer) } }

    /// How many entries the directory has.
    var entryCount: Int { handle.withLock { Int(zip_get_num_entries($0.pointer, 0)) } }

    /// What the directory says of each entry; nil where it cannot be read.
    func entry(at index: Int) -> Entry? {
        handle.withLock { handle in
            var stat = zip_stat_t()
            guard zip_stat_index(handle.pointer, UInt64(index), 0, &stat) == 0,
                let name = stat.name
            else { return nil }
            return Entry(
                index: UInt64(index), path: String(cString: name), size: stat.size,
                packedSize: stat.comp_size, checksum: stat.crc,
                packing: Self.packing(stat.comp_method), isEncrypted: stat.encryption_method != 0,
                isLink: Self.isLink(index, of: handle))
        }
    }

    private static func isLink(_ index: Int, of handle: Handle) -> Bool {
        var system: UInt8 = 0
        var attributes: UInt32 = 0
        zip_file_get_external_attributes(handle.pointer, UInt64(index), 0, &system, &attributes)
        // Unix keeps a file's mode in the upper half.
        return attributes >> 28 == 0xA
    }

    /// Opens an entry as it is packed, or as libzip unpacks it where only libzip can.
    func open(_ entry: Entry) -> OpenEntry? {
        let flags = entry.packing == .other ? 0 : zip_flags_t(ZIP_FL_COMPRESSED)
        return handle.withLock { zip_fopen_index($0.pointer, entry.index, flags) }
            .map(OpenEntry.init)
    }

    /// Fills the start of `buffer` from an open entry; 0 at its end, negative when it is damaged.
    func read(_ entry: OpenEntry, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        handle.withLock { _ in
            Int(zip_fread(entry.pointer, buffer.baseAddress, UInt64(buffer.count)))
        }
    }

    func close(_ entry: OpenEntry) {
        handle.withLock { _ in _ = zip_fclose(entry.pointer) }
    }

    private static func packing(_ method: UInt16) -> Packing {
        switch Int32(method) {
        case ZIP_CM_STORE: .stored
        case ZIP_CM_DEFLATE: .deflated
        default:
            zip_compression_method_supported(Int32(method), 0) == 0
                ? .unreadable(method: method) : .other
        }
    }

    private static func unreadable(_ code: Int32) -> FeedFailure {
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        let reason = String(cString: zip_error_strerror(&error))
        return FeedFailure(
            code: .archiveUnreadable,
            message: "is not a whole zip archive (\(reason)); fetch the feed again")
    }
}
