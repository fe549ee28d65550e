/// Where the files of a feed come from.
protocol FeedSource: Sendable {
    /// Paths of all files, with `/` between folders.
    var paths: [String] { get }
    /// A folder around all of them that ``paths`` leave out; empty for none.
    var outerFolder: String { get }
    /// How many bytes one of ``paths`` is said to have.
    func size(_ path: String) -> Int
    /// The bytes of one of ``paths``.
    func stream(_ path: String) throws(FeedFailure) -> sending any ByteStream
}

extension FeedSource {
    var outerFolder: String { "" }
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
/// are read when asked for, each as often as that, and two at a time where there are two cores.
struct FeedArchive: Sendable {
    /// Total size above which the files that are read are refused, in bytes; offsets in a file fit
    /// 32 bits.
    static let sizeLimit = Int(Int32.max)
    /// Size above which a file that must be held as a whole is refused, in bytes.
    static let heldLimit = 256 << 20

    /// The feed, as the caller named it.
    let name: String
    /// The folder that holds the feed; empty where it lies at the top, as it should.
    let folder: String
    private let source: any FeedSource
    private let paths: [FeedFile: String]
    /// Names beside the feed's files that the specification does not have.
    let unknownFiles: [String]
    /// Other folders that hold files of a feed.
    let strayFolders: [String]

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
        let folder = try FeedFolder.find(in: source.paths)
        self.folder = [source.outerFolder, folder].filter { !$0.isEmpty }.joined(separator: "/")
        let listing = FeedFolder.listing(of: folder, in: source.paths)
        paths = listing.files
        unknownFiles = listing.unknown
        strayFolders = listing.strayFolders
        let total = listing.files.values.reduce(0) { $0 + source.size($1) }
        guard total <= Self.sizeLimit else {
            throw FeedFailure(
                code: .archiveSuspicious,
                message: "has files of more than 2 GiB in all; split it, for instance by agency")
        }
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

    func size(_ path: String) -> Int { files[path]?.utf8.count ?? 0 }

    func stream(_ path: String) -> sending any ByteStream {
        MemoryStream(Array((files[path] ?? "").utf8))
    }
}

/// Finds the folder of an archive that holds the feed.
enum FeedFolder {
    /// Folders around a file beyond which no feed is looked for.
    static let depthLimit = 4

    /// The folder with most of the required files; the top where it has two of them, whatever
    /// lies below.
    static func find(in paths: [String]) throws(FeedFailure) -> String {
        let counts = requiredFiles(in: paths)
        if let top = counts[""], top > 1 { return "" }
        let most = counts.values.max() ?? 0
        let folders = counts.filter { $0.value == most }.keys.sorted()
        guard folders.count < 2 else {
            throw FeedFailure(
                code: .invalidInputFilesInSubfolder,
                message: "holds more than one feed "
                    + "(\(folders.prefix(4).map(\.shown).joined(separator: ", "))); "
                    + "give the path of one of them"
            )
        }
        return folders.first ?? ""
    }

    /// What there is in a folder and around it.
    struct Listing {
        /// Paths of the feed's files; names may be in capitals.
        var files: [FeedFile: String] = [:]
        /// Names that the specification does not have.
        var unknown: [String] = []
        /// Other folders with files of a feed.
        var strayFolders: [String] = []
    }

    /// Sorts paths by what they are to a feed in `folder`.
    static func listing(of folder: String, in paths: [String]) -> Listing {
        var listing = Listing()
        for path in paths {
            let (place, name) = split(path)
            guard depth(of: place) <= depthLimit else { continue }
            let isKnown = Specification.files.contains(name.lowercased())
            if place != folder {
                let isNew = !listing.strayFolders.contains(place)
                if isKnown, isNew, !place.isEmpty { listing.strayFolders.append(place) }
            } else if let file = FeedFile(rawValue: name.lowercased()) {
                if listing.files[file] == nil || name == file.rawValue {
                    listing.files[file] = path
                }
            } else if !isKnown, !name.hasPrefix(".") {
                listing.unknown.append(name)
            }
        }
        return listing
    }

    private static func requiredFiles(in paths: [String]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for path in paths {
            let (folder, name) = split(path)
            guard !isMacLitter(folder), depth(of: folder) <= depthLimit,
                FeedFile(rawValue: name.lowercased())?.isRequired == true
            else { continue }
            counts[folder, default: 0] += 1
        }
        return counts
    }

    /// Some programs for Windows write backslashes between folders.
    private static func split(_ path: String) -> (folder: String, name: String) {
        let parts = path.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
        return (parts.dropLast().joined(separator: "/"), String(parts.last ?? ""))
    }

    private static func isMacLitter(_ folder: String) -> Bool {
        folder.split(separator: "/").contains("__MACOSX")
    }

    private static func depth(of folder: String) -> Int {
        folder.split(separator: "/").count { $0 != "." }
    }
}
