import CZip
import Foundation
import Ingestion
import Storage

/// The GTFS in force as one zip: a zip stays as it is, a folder is packed.
struct TimetableArchive {
    let bytes: [UInt8]
    /// When the newest file in it was changed, in seconds since 1970.
    let modified: Int64
    /// ``Ingestion/FeedFiles/fingerprint()`` of the very bytes that went into it.
    let fingerprint: String

    init(_ files: FeedFiles) throws {
        let members = try files.files.map { try Member($0, of: files) }
        modified = members.map(\.modified).max() ?? 0
        fingerprint = Self.fingerprint(members, isFolder: files.isFolder)
        bytes = files.isFolder ? try Self.pack(members) : members[0].bytes
    }

    private static func fingerprint(_ members: [Member], isFolder: Bool) -> String {
        var content = ContentFingerprint()
        for member in members {
            if isFolder { content.add(name: member.name, size: member.bytes.count) }
            content.add(member.bytes)
        }
        return content.text
    }

    private struct Member {
        var name: String
        var bytes: [UInt8]
        var modified: Int64

        init(_ file: FeedFiles.File, of files: FeedFiles) throws {
            let path = files.path(of: file)
            guard let content = FileManager.default.contents(atPath: path) else {
                throw ServiceFault("\(path) cannot be read: check its permissions")
            }
            name = file.name
            bytes = [UInt8](content)
            modified = Int64(file.modified.rounded(.down))
        }
    }

    private static func pack(_ members: [Member]) throws -> [UInt8] {
        let failure = ServiceFault("the GTFS cannot be packed into a zip: free some memory")
        guard let target = zip_source_buffer_create(nil, 0, 0, nil) else { throw failure }
        zip_source_keep(target)
        defer { zip_source_free(target) }
        guard let archive = zip_open_from_source(target, Int32(ZIP_TRUNCATE), nil) else {
            zip_source_free(target)
            throw failure
        }
        guard members.allSatisfy({ add($0, to: archive) }), zip_close(archive) == 0 else {
            zip_discard(archive)
            throw failure
        }
        guard let content = content(of: target) else { throw failure }
        return content
    }

    /// Gives libzip a copy that it frees itself, since it reads members only when it closes.
    private static func add(_ member: Member, to archive: OpaquePointer) -> Bool {
        guard let copy = malloc(max(1, member.bytes.count)) else { return false }
        member.bytes.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { memcpy(copy, start, bytes.count) }
        }
        guard let source = zip_source_buffer(archive, copy, UInt64(member.bytes.count), 1) else {
            free(copy)
            return false
        }
        // Apps look for the files at the top, wherever the operator's folder has them.
        let name = member.name.split(separator: "/").last.map(String.init) ?? member.name
        let index = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8)
        guard index >= 0 else {
            zip_source_free(source)
            return false
        }
        return zip_file_set_mtime(archive, UInt64(index), time_t(member.modified), 0) == 0
    }

    private static func content(of source: OpaquePointer) -> [UInt8]? {
        guard zip_source_open(source) == 0, zip_source_seek(source, 0, SEEK_END) == 0 else {
            return nil
        }
        defer { zip_source_close(source) }
        let size = Int(zip_source_tell(source))
        guard size > 0, zip_source_seek(source, 0, SEEK_SET) == 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = max(0, Int(zip_source_read(source, buffer.baseAddress, UInt64(size))))
        }
    }
}
