import Foundation

/// Opens what a path names, by what it is and not by its extension.
func openFeedSource(_ path: String) throws(FeedFailure) -> any FeedSource {
    switch PlainFile.kind(of: path) {
    case nil:
        throw FeedFailure(code: .archiveUnreadable, message: "there is no such file or folder")
    case .other: throw PlainFile.refusal(of: nil)
    case .folder: return try FolderSource(path)
    case .file: return try openArchive(path)
    }
}

private func openArchive(_ path: String) throws(FeedFailure) -> any FeedSource {
    let start = FileStart(PlainFile.start(of: path, count: 64))
    guard !start.isWebPage else {
        throw FeedFailure(
            code: .archiveUnreadable,
            message: "is a web page, not a zip archive; the download went wrong"
        )
    }
    do throws(FeedFailure) {
        return try ZipSource(path)
    } catch {
        guard error.code == .archiveUnreadable, error.file == nil, let text = start.text else {
            throw error
        }
        throw FeedFailure(
            code: .archiveUnreadable,
            message: "is no zip archive; it starts with \(text.debugDescription)")
    }
}

/// The first bytes of what should be an archive, to tell what it is instead.
struct FileStart {
    /// The bytes without a byte order mark.
    private let bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        self.bytes = bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    }

    var isWebPage: Bool { bytes.first { !$0.isBlank && !$0.isLineEnd } == UInt8(ascii: "<") }

    /// The first words, where it is text; nil for anything else.
    var text: String? {
        let isText = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0.isBlank || $0.isLineEnd }
        guard isText, !bytes.isEmpty, !bytes.starts(with: Array("PK".utf8)) else { return nil }
        let line = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
        return String(line.prefix(24))
    }
}

/// A feed that lies unpacked in a folder, or in one of its subfolders.
struct FolderSource: FeedSource {
    /// Files above which a folder is refused; a feed's has a few dozen.
    static let fileLimit = 10_000

    private let root: URL
    let paths: [String]

    init(_ path: String) throws(FeedFailure) {
        root = URL(fileURLWithPath: path, isDirectory: true).resolvingSymlinksInPath()
        var found: [String] = []
        try Self.list(root, under: "", depth: 0, into: &found)
        paths = found.sorted()
    }

    func stream(_ path: String) throws(FeedFailure) -> sending any ByteStream {
        try FileStream(root.appendingPathComponent(path).path, named: path)
    }

    func size(_ path: String) -> Int {
        var status = stat()
        return stat(root.appendingPathComponent(path).path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Adds the files of a folder and of those in it, but for hidden ones.
    private static func list(
        _ folder: URL, under prefix: String, depth: Int, into paths: inout [String]
    ) throws(FeedFailure) {
        let children: [URL]
        do {
            children = try FileManager.default.contentsOfDirectory(
                at: folder,
                includingPropertiesForKeys: [.isDirectoryKey]
            )
        } catch {
            // A subfolder that is closed to us need not be the feed's.
            guard depth == 0 else { return }
            throw unreadable(folder.lastPathComponent, error)
        }
        for child in children {
            let name = child.lastPathComponent
            guard (try? child.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true else {
                paths.append(prefix + name)
                continue
            }
            guard depth < FeedFolder.depthLimit, !name.hasPrefix(".") else { continue }
            try list(child, under: prefix + name + "/", depth: depth + 1, into: &paths)
        }
        guard paths.count <= fileLimit else {
            throw FeedFailure(
                code: .archiveSuspicious,
                message: "holds more than \(fileLimit) files; give the path of the feed in it")
        }
    }

    static func unreadable(_ path: String, _ error: any Error) -> FeedFailure {
        FeedFailure(
            code: .archiveUnreadable,
            file: path,
            message: "cannot be read: \(error.localizedDescription)"
        )
    }
}

/// One file of a folder.
final class FileStream: ByteStream {
    private let name: String
    private let handle: FileHandle
    let size: Int
    private(set) var checksum: UInt32 = 0

    init(_ path: String, named name: String) throws(FeedFailure) {
        let opened = try PlainFile.open(path, named: name)
        self.name = name
        handle = opened.handle
        size = opened.size
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FeedFailure) -> Int {
        do {
            let bytes = try handle.read(upToCount: buffer.count) ?? Data()
            buffer.copyBytes(from: bytes)
            let filled = UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count])
            checksum = Checksum.update(checksum, filled)
            return bytes.count
        } catch {
            throw FolderSource.unreadable(name, error)
        }
    }
}
