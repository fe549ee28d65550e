import Foundation

/// A folder of archives that are named by their fingerprints, 64 hexadecimal digits each.
struct CopyFolder: Sendable {
    let path: String

    func file(_ fingerprint: String) -> String { path + "/" + fingerprint + Self.ending }

    /// Writes an archive, all of it or nothing; it is on the disk when this returns.
    func write(_ archive: [UInt8], _ fingerprint: String) throws(StorageFault) {
        let target = file(fingerprint)
        let draft = target + Self.draftEnding
        do {
            try makeFolder()
            try Data(archive).write(to: URL(fileURLWithPath: draft))
            try Self.synchronize(draft)
            guard rename(draft, target) == 0 else { throw CocoaError(.fileWriteUnknown) }
            // The name is on the disk only once the folder is.
            try Self.synchronize(path)
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw StorageFault(
                .unwritable,
                "\(target) cannot be written: check free space and the folder's owner"
            )
        }
    }

    /// Deletes all other archives and what broken writes have left.
    ///
    /// Whatever else lies here is somebody else's. One that cannot be deleted now is tried again the
    /// next time.
    func delete(allBut fingerprints: Set<String>) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names {
            guard let fingerprint = Self.fingerprint(of: name) else { continue }
            let isDraft = name.hasSuffix(Self.draftEnding)
            if isDraft || !fingerprints.contains(fingerprint) { unlink(path + "/" + name) }
        }
    }

    private static let ending = ".zip"
    private static let draftEnding = ".part"

    private func makeFolder() throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Self.synchronize(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    /// The fingerprint in the name of an archive or of a draft; nil for any other name.
    private static func fingerprint(of name: String) -> String? {
        for ending in [ending, ending + draftEnding] where name.hasSuffix(ending) {
            let digits = name.dropLast(ending.count)
            guard digits.utf8.count == 64, digits.allSatisfy(isDigit) else { return nil }
            return String(digits)
        }
        return nil
    }

    private static func isDigit(_ character: Character) -> Bool {
        character.isHexDigit && character.isASCII && !character.isUppercase
    }

    /// Returns once a file, or the names in a folder, are on the disk.
    private static func synchronize(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
