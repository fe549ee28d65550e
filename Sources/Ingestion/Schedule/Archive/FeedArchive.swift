/// Where the files of a feed come from.
protocol FeedSource: Sendable {
    /// Paths of all files, with `/` between folders.
    var paths: [String] { get }
    /// The bytes of one of ``paths``.
    func stream(_ path: String) throws(FeedFailure) -> sending any ByteStream
}

/// Why a feed, or a file of it, cannot be read.
struct FeedFailure: Error, Sendable {
    let code: NoticeCode
    /// The file it is about; nil for the feed as a whole.
    var file: String?
    let message: String
}

/// The files of one feed, wherever they lie: a folder, a zip archive or memory.
///
/// Finds the feed when it lies in a subfolder, and leaves out what macOS adds to archives. Files
/// are read one at a time, when asked for.
struct FeedArchive: Sendable {
    /// Total size above which a feed is refused, in bytes; offsets in a file fit 32 bits.
    static let sizeLimit = Int(Int32.max)

    /// The feed, as the caller named it.
    let name: String
    /// The folder inside the source that holds the feed; empty for its top.
    let folder: String
    private let source: any FeedSource
    private let paths: [FeedFile: String]

    /// Opens a folder or a zip archive.
    init(path: String) throws(FeedFailure) {
        try self.init(name: path, source: openFeedSource(path))
    }

    /// Takes files from memory, by name.
    init(name: String, files: [String: String]) throws(FeedFailure) {
        try self.init(name: name, source: MemorySource(files: files))
    }

    private init(name: String, source: any FeedSource) throws(FeedFailure) {
        self.name = name
        self.source = source
        folder = try FeedFolder.find(in: source.paths)
        let prefix = folder.isEmpty ? "" : folder + "/"
        let known = Set(source.paths)
        paths = Dictionary(
            uniqueKeysWithValues: FeedFile.allCases.compactMap { file in
                known.contains(prefix + file.rawValue) ? (file, prefix + file.rawValue) : nil
            }
        )
    }

    /// The files that there are, in reading order.
    var files: [FeedFile] { FeedFile.allCases.filter { paths[$0] != nil } }

    /// The bytes of a file; nil when the feed has none.
    func stream(_ file: FeedFile) throws(FeedFailure) -> sending (any ByteStream)? {
        guard let path = paths[file] else { return nil }
        return try source.stream(path)
    }
}

/// Files given as text.
struct MemorySource: FeedSource {
    let files: [String: String]

    var paths: [String] { files.keys.sorted() }

    func stream(_ path: String) -> sending any ByteStream {
        MemoryStream(Array((files[path] ?? "").utf8))
    }
}

/// Finds the folder of an archive that holds the feed.
enum FeedFolder {
    /// The folder with most of the required files, the top before others.
    static func find(in paths: [String]) throws(FeedFailure) -> String {
        let counts = requiredFiles(in: paths)
        if let top = counts[""], top > 1 { return "" }
        let most = counts.values.max() ?? 0
        let folders = counts.filter { $0.value == most }.keys.sorted()
        guard folders.count < 2 else {
            throw FeedFailure(
                code: .invalidInputFilesInSubfolder,
                message: "holds more than one feed (\(folders.joined(separator: ", "))); "
                    + "give the path of one of them"
            )
        }
        return folders.first ?? ""
    }

    private static func requiredFiles(in paths: [String]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for path in paths where !isMacLitter(path) {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            guard let name = parts.last, FeedFile(rawValue: String(name))?.isRequired == true
            else { continue }
            counts[parts.dropLast().joined(separator: "/"), default: 0] += 1
        }
        return counts
    }

    private static func isMacLitter(_ path: String) -> Bool {
        path.hasPrefix("__MACOSX/") || path.contains("/__MACOSX/")
    }
}
