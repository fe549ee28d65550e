import Crypto
import Foundation

/// The files of a GTFS as they lie on the disk: a zip, or the `.txt` files of a folder.
public struct FeedFiles: Hashable, Sendable {
    /// A file, and what tells that it was written to without reading it.
    public struct File: Hashable, Sendable {
        /// Path below the folder; the zip's own name for a zip.
        public var name: String
        /// Size in bytes.
        public var size: Int64
        /// When it was last changed, in seconds since 1970.
        public var modified: Double
        /// The file's number on its disk, which changes when another takes its place.
        public var number: UInt64
    }

    /// The folder or zip.
    public let path: String
    /// Whether it is a folder.
    public let isFolder: Bool
    /// The files by name.
    public let files: [File]

    /// Looks at what lies there; nil when nothing does.
    public init?(path: String) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            return nil
        }
        self.path = path
        self.isFolder = isFolder.boolValue
        if isFolder.boolValue {
            files = Self.names(in: path).compactMap { File($0, at: path + "/" + $0) }
        } else {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            guard let file = File(name, at: path) else { return nil }
            files = [file]
        }
    }

    /// Where a file lies.
    public func path(of file: File) -> String { isFolder ? path + "/" + file.name : path }

    /// The `.txt` files of a folder or, when it has none, those of the folders in it.
    private static func names(in folder: String) -> [String] {
        let entries = entries(of: folder)
        let texts = entries.filter(isText)
        return texts.isEmpty
            ? entries.flatMap { inner in
                Self.entries(of: folder + "/" + inner).filter(isText).map { inner + "/" + $0 }
            } : texts
    }

    private static func entries(of folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private static func isText(_ name: String) -> Bool { name.hasSuffix(".txt") }
}

extension FeedFiles.File {
    /// Looks at the file itself where a link leads to it.
    fileprivate init?(_ name: String, at path: String) {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
            let size = attributes[.size] as? Int64, let changed = attributes[.modificationDate]
        else { return nil }
        self.init(
            name: name,
            size: size,
            modified: (changed as? Date)?.timeIntervalSince1970 ?? 0,
            number: attributes[.systemFileNumber] as? UInt64 ?? 0
        )
    }
}

extension FeedFiles {
    private static let bytesAtOnce = 1 << 20

    /// SHA-256 over names and contents in hexadecimal, so that a file that was only touched has the
    /// same; reads everything, never more than a megabyte at once.
    public func fingerprint() throws(StorageFault) -> String {
        var hash = SHA256()
        for file in files {
            if isFolder { hash.update(data: Data("\(file.name)\u{0}\(file.size)\u{0}".utf8)) }
            do {
                try Self.add(path(of: file), to: &hash)
            } catch {
                throw StorageFault(
                    .failed, "\(path(of: file)) cannot be read: check its permissions")
            }
        }
        return hash.finalize().map { Self.hexadecimal($0) }.joined()
    }

    private static func add(_ path: String, to hash: inout SHA256) throws {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        while let chunk = try handle.read(upToCount: bytesAtOnce), !chunk.isEmpty {
            hash.update(data: chunk)
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
