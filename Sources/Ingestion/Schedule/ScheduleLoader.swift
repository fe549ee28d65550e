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

/// The day on which a feed is looked at, for what has run out by then.
public enum ViewingDay: Sendable {
    /// A service date.
    case date(ServiceDate)
    /// The date in the agency's zone at a moment.
    case moment(Timestamp)
}

/// Reads GTFS Schedule feeds: a folder or a zip archive becomes a ``TransitModel/Network``.
public enum ScheduleLoader {
    /// Reads a feed.
    ///
    /// Rows that contradict the specification are dropped or mended with a notice.
    ///
    /// - Parameters:
    ///   - path: A folder, or a zip archive under any name.
    ///   - asOf: The day for which to tell what has run out; nil to leave that out.
    /// - Returns: The network and the notices.
    /// - Throws: When nothing could be predicted from the feed: it cannot be read, a required file
    ///   is missing, the agency's zone is unknown, or no trip is usable.
    public static func load(
        path: String, asOf: ViewingDay? = nil
    ) throws(ScheduleError) -> NetworkLoad {
        try load(named: path, asOf) { () throws(FeedFailure) in try FeedArchive(path: path) }
    }

    /// Reads a feed from memory.
    ///
    /// - Parameters:
    ///   - files: Text of each file by its name, such as `stops.txt`.
    ///   - name: What errors call the feed.
    ///   - asOf: The day for which to tell what has run out; nil to leave that out.
    /// - Returns: The network and the notices.
    /// - Throws: As ``load(path:asOf:)``.
    public static func load(
        files: [String: String],
        name: String = "feed",
        asOf: ViewingDay? = nil
    ) throws(ScheduleError) -> NetworkLoad {
        try load(named: name, asOf) { () throws(FeedFailure) in
            try FeedArchive(name: name, files: files)
        }
    }

    /// Reads a feed for its notices; the load is nil where ``load(path:asOf:)`` would throw.
    public static func check(
        path: String, asOf: ViewingDay? = nil
    ) -> (notices: [Notice], load: NetworkLoad?) {
        do throws(ScheduleError) {
            let load = try load(path: path, asOf: asOf)
            return (load.notices, load)
        } catch {
            return (error.notices, nil)
        }
    }

    private static func load(
        named name: String,
        _ asOf: ViewingDay?,
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
        var compiler = NetworkCompiler(archive, asOf: asOf)
        return try compiler.compile()
    }

    private static func lastComponent(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
