import Foundation

/// Opens files that have an end: no pipe or device, on which reading would never stop.
enum PlainFile {
    /// A file open for reading, and its size in bytes.
    struct Opened {
        let handle: FileHandle
        let size: Int
    }

    /// What a path leads to.
    enum Kind {
        case file
        case folder
        case other
    }

    /// What a path leads to; nil where it leads nowhere.
    static func kind(of path: String) -> Kind? {
        var status = stat()
        return stat(path, &status) == 0 ? kind(status) : nil
    }

    /// Opens a file.
    ///
    /// Looks at it twice: opening some devices does something, and what the path names may change
    /// before it is open.
    static func open(_ path: String, named name: String?) throws(FeedFailure) -> Opened {
        if let kind = kind(of: path), kind != .file { throw refusal(of: name) }
        // Without O_NONBLOCK a pipe without a writer would be waited for.
        let descriptor = Foundation.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(name, errno) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(name, errno) }
        guard kind(status) == .file else { throw refusal(of: name) }
        return Opened(handle: handle, size: Int(status.st_size))
    }

    /// The first bytes of a file, `count` at most; none where it cannot be read.
    static func start(of path: String, count: Int) -> [UInt8] {
        guard let opened = try? open(path, named: nil),
            let bytes = try? opened.handle.read(upToCount: count)
        else { return [] }
        return Array(bytes)
    }

    private static func kind(_ status: stat) -> Kind {
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// Refuses what is no file.
    static func refusal(of name: String?) -> FeedFailure {
        FeedFailure(
            code: .archiveUnreadable, file: name,
            message: "is a pipe, a device or the like and no file; give the path of a file")
    }

    private static func unreadable(_ name: String?, _ error: Int32) -> FeedFailure {
        FeedFailure(
            code: .archiveUnreadable, file: name,
            message: "cannot be read: \(String(cString: strerror(error)))")
    }
}
