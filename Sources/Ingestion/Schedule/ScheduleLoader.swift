public import TransitModel

/// A feed that was read: its network, and what is wrong or odd about it.
public struct NetworkLoad: Sendable {
    /// The timetable.
    public let network: Network
    /// Findings in the order of reading.
    public let notices: [Notice]
    /// Rows of each file that was read, without headers, by file name.
    public let rowCounts: [String: Int]
}

/// Reads GTFS Schedule feeds: a folder or a zip archive becomes a ``TransitModel/Network``.
public enum ScheduleLoader {
    /// Reads a feed.
    ///
    /// Rows that contradict the specification are dropped or mended with a notice.
    ///
    /// - Parameter path: A folder, or a zip archive under any name.
    /// - Returns: The network and the notices.
    /// - Throws: When nothing could be predicted from the feed: it cannot be read, a required file
    ///   is missing, the agency's zone is unknown, or no trip is usable.
    public static func load(path: String) throws(ScheduleError) -> NetworkLoad {
        try load(named: path) { () throws(FeedFailure) in try FeedArchive(path: path) }
    }

    /// Reads a feed from memory.
    ///
    /// - Parameters:
    ///   - files: Text of each file by its name, such as `stops.txt`.
    ///   - name: What errors call the feed.
    /// - Returns: The network and the notices.
    /// - Throws: As ``load(path:)``.
    public static func load(
        files: [String: String],
        name: String = "feed"
    ) throws(ScheduleError) -> NetworkLoad {
        try load(named: name) { () throws(FeedFailure) in
            try FeedArchive(name: name, files: files)
        }
    }

    /// Reads a feed for its notices; the load is nil where ``load(path:)`` would throw.
    public static func check(path: String) -> (notices: [Notice], load: NetworkLoad?) {
        do throws(ScheduleError) {
            let load = try load(path: path)
            return (load.notices, load)
        } catch {
            return (error.notices, nil)
        }
    }

    private static func load(
        named name: String,
        _ open: () throws(FeedFailure) -> FeedArchive
    ) throws(ScheduleError) -> NetworkLoad {
        let archive: FeedArchive
        do throws(FeedFailure) {
            archive = try open()
        } catch {
            let notice = Notice(
                severity: .error,
                code: error.code.rawValue,
                file: error.file ?? lastComponent(of: name),
                message: error.message
            )
            throw ScheduleError(path: name, notices: [notice])
        }
        var compiler = NetworkCompiler(archive)
        return try compiler.compile()
    }

    private static func lastComponent(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
