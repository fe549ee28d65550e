import Foundation

/// A folder of archives that are named by their fingerprints.
struct CopyFolder: Sendable {
    let path: String

    func file(_ fingerprint: String) -> String { path + "/" + fingerprint + ".zip" }

    /// Writes an archive, all of it or nothing; it is on the disk when this returns.
    func write(_ archive: [UInt8], _ fingerprint: String) throws(StorageFault) {
        let target = URL(fileURLWithPath: file(fingerprint))
        let draft = target.appendingPathExtension("part")
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
            try Data(archive).write(to: draft)
            let handle = try FileHandle(forWritingTo: draft)
            try handle.synchronize()
            try handle.close()
            guard rename(draft.path, target.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? FileManager.default.removeItem(at: draft)
            throw StorageFault(
                .unwritable,
                "\(target.path) cannot be written: check free space and the folder's owner"
            )
        }
    }

    /// Deletes all other files; one that cannot be deleted now is tried again the next time.
    func delete(allBut fingerprints: Set<String>) {
        let kept = Set(fingerprints.map { $0 + ".zip" })
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where !kept.contains(name) {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
        }
    }
}
