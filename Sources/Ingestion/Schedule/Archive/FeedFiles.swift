import Foundation

/// The files of a GTFS as they lie on the disk: a zip, or those of a folder that ``ScheduleLoader``
/// takes for the feed.
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
    /// The files by name; none in a folder that holds no feed, or more than one.
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

    /// Chosen as the reader does, so that nothing is watched, copied or served that is not read.
    private static func names(in path: String) -> [String] {
        guard let paths = try? FolderSource(path).paths,
            let folder = try? FeedFolder.find(in: paths)
        else { return [] }
        return FeedFolder.members(of: folder, in: paths)
    }
}

extension FeedFolder {
    /// The files right in a folder that belong to a GTFS: all texts, and what else the
    /// specification names.
    fileprivate static func members(of folder: String, in paths: [String]) -> [String] {
        let start = folder.isEmpty ? "" : folder + "/"
        return paths.filter { path in
            guard path.hasPrefix(start) else { return false }
            let name = path.dropFirst(start.count).lowercased()
            let isText = name.hasSuffix(".txt") && !name.hasPrefix(".") && !name.contains("/")
            return isText || Specification.files.contains(name)
        }.sorted()
    }
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
