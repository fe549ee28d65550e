import Foundation
import Ingestion
import Storage

extension FeedFiles {
    private static let bytesAtOnce = 1 << 20

    /// The ``Storage/ContentFingerprint`` of what lies there now; reads everything, never more than
    /// a megabyte at once.
    func fingerprint() throws -> String {
        var content = ContentFingerprint()
        for file in files {
            if isFolder { content.add(name: file.name, size: Int(file.size)) }
            do {
                try Self.add(path(of: file), to: &content)
            } catch {
                throw ServiceFault("\(path(of: file)) cannot be read: check its permissions")
            }
        }
        return content.text
    }

    private static func add(_ path: String, to content: inout ContentFingerprint) throws {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        while let chunk = try handle.read(upToCount: bytesAtOnce), !chunk.isEmpty {
            content.add(chunk)
        }
    }
}
