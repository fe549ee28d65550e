import Foundation

/// Opens what a path names, by what it is and not by its extension.
func openFeedSource(_ path: String) throws(FeedFailure) -> any FeedSource {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw FeedFailure(code: .archiveUnreadable, message: "there is no such file or folder")
    }
    if isFolder.boolValue { return try FolderSource(path) }
    guard !startsLikeWebPage(path) else {
        throw FeedFailure(
            code: .archiveUnreadable,
            message: "is a web page, not a zip archive; the download went wrong"
        )
    }
    return try ZipSource(path)
}

private func startsLikeWebPage(_ path: String) -> Bool {
    let start = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)).read(upToCount: 64)
    return start?.first { !$0.isBlank && !$0.isLineEnd } == UInt8(ascii: "<")
}

/// A feed that lies unpacked in a folder, or in one of its subfolders.
struct FolderSource: FeedSource {
    private let root: URL
    let paths: [String]

    init(_ path: String) throws(FeedFailure) {
        root = URL(fileURLWithPath: path, isDirectory: true).resolvingSymlinksInPath()
        paths = try Self.list(root, depth: 2)
    }

    func stream(_ path: String) throws(FeedFailure) -> sending any ByteStream {
        let stream: FileStream
        do {
            stream = try FileStream(root.appendingPathComponent(path), named: path)
        } catch {
            throw Self.unreadable(path, error)
        }
        guard stream.size <= FeedArchive.sizeLimit else {
            throw FeedFailure(
                code: .archiveSuspicious, file: path, message: "is larger than 2 GiB")
        }
        return stream
    }

    private static func list(_ folder: URL, depth: Int) throws(FeedFailure) -> [String] {
        let children: [URL]
        do {
            children = try FileManager.default.contentsOfDirectory(
                at: folder,
                includingPropertiesForKeys: [.isDirectoryKey]
            )
        } catch {
            throw unreadable(folder.lastPathComponent, error)
        }
        var paths: [String] = []
        for child in children {
            let name = child.lastPathComponent
            if (try? child.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true {
                guard depth > 1 else { continue }
                paths += try list(child, depth: depth - 1).map { name + "/" + $0 }
            } else {
                paths.append(name)
            }
        }
        return paths.sorted()
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

    init(_ url: URL, named name: String) throws {
        self.name = name
        handle = try FileHandle(forReadingFrom: url)
        size = Int(try handle.seekToEnd())
        try handle.seek(toOffset: 0)
    }

    deinit { try? handle.close() }

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
