import Geometry
import TransitModel

/// Makes a network of a feed's files: each file is read once, checked row by row, and let go.
///
/// Rows with errors are dropped with a notice. The feed as a whole is refused only when nothing
/// could be predicted from it: a required file is missing or unreadable, the agency has no known
/// zone, or no trip is left.
struct NetworkCompiler {
    let archive: FeedArchive
    let log = NoticeLog()
    var parts = Network.Parts()
    var agencyIDs = IDTable()
    var stopIDs = IDTable()
    var routeIDs = IDTable()
    var serviceIDs = IDTable()
    var trips = TripRows()
    var rowCounts: [String: Int] = [:]
    var contentHash = ContentHash()

    init(_ archive: FeedArchive) {
        self.archive = archive
    }

    /// The network, with all notices.
    mutating func compile() throws(ScheduleError) -> NetworkLoad {
        try checkFiles()
        try readFeedVersion()
        try readAgencies()
        try readStops()
        try readRoutes()
        try readCalendars()
        try readTrips()
        try readFrequencies()
        try compileShapesAndTimes()
        guard let network = makeNetwork() else { throw refused() }
        return NetworkLoad(network: network, notices: log.notices, rowCounts: rowCounts)
    }

    private func checkFiles() throws(ScheduleError) {
        let files = Set(archive.files)
        let missing = FeedFile.allCases.filter { $0.isRequired && !files.contains($0) }
        for file in missing {
            log.report(
                .missingRequiredFile,
                file: file.rawValue,
                "is missing; without it nothing can be predicted"
            )
        }
        if !files.contains(.calendar), !files.contains(.calendarDates) {
            log.report(
                .missingCalendars,
                file: FeedFile.calendar.rawValue,
                "is missing, and calendar_dates.txt too; no trip would ever run"
            )
            throw refused()
        }
        guard missing.isEmpty else { throw refused() }
        if !archive.folder.isEmpty {
            log.report(
                .invalidInputFilesInSubfolder,
                file: archive.folder,
                severity: .warning,
                "the files lie in a subfolder; they are read from there"
            )
        }
    }

    private mutating func readFeedVersion() throws(ScheduleError) {
        guard var table = try open(.feedInfo) else { return }
        while table.next() {
            if parts.version.isEmpty { parts.version = table.text(.feedVersion) }
        }
        close(table)
    }

    private mutating func makeNetwork() -> Network? {
        if parts.version.isEmpty { parts.version = contentHash.text }
        guard parts.trips.count > 0 else {
            log.report(
                .noUsableTrips,
                file: FeedFile.trips.rawValue,
                "no trip is left after dropping those with errors; see the notices"
            )
            return nil
        }
        return Network(parts)
    }
}

extension NetworkCompiler {
    /// Opens a file; nil when it is optional and missing or unreadable.
    mutating func open(_ file: FeedFile) throws(ScheduleError) -> TableReader? {
        if let bytes = read(file), let table = TableReader.open(file, RowWindow(bytes), log: log) {
            return table
        }
        if file.isRequired { throw refused() }
        return nil
    }

    /// Notes how many rows a file had, once it is read.
    mutating func close(_ table: borrowing TableReader) {
        rowCounts[table.file.rawValue] = table.rowCount
    }

    /// The error that stops the load.
    func refused() -> ScheduleError {
        ScheduleError(path: archive.name, notices: log.notices)
    }

    private mutating func read(_ file: FeedFile) -> [UInt8]? {
        do throws(FeedFailure) {
            guard let stream = try archive.stream(file) else { return nil }
            let bytes = try log.text(of: file, from: stream)
            contentHash.add(FileFigures(size: stream.size, checksum: stream.checksum))
            return bytes
        } catch {
            log.report(error.code, file: error.file ?? file.rawValue, error.message)
            return nil
        }
    }
}

extension NoticeLog {
    /// All of a file as UTF-8, decoded if need be; nil, with a notice, when it is no text.
    func text(of file: FeedFile, from stream: any ByteStream) throws(FeedFailure) -> [UInt8]? {
        var bytes = try stream.readAll()
        return hasText(&bytes, file) ? bytes : nil
    }

    /// Whether a file is text that can be read, after decoding it if need be.
    private func hasText(_ bytes: inout [UInt8], _ file: FeedFile) -> Bool {
        switch TextEncoding.normalize(&bytes) {
        case .utf8:
            return true
        case .latin1(let offset):
            report(
                .invalidCharacter,
                file: file.rawValue,
                severity: .warning,
                "is not UTF-8 at byte \(offset); read as Latin-1, so check names with accents"
            )
            return true
        case .utf16:
            report(
                .invalidCharacter,
                file: file.rawValue,
                "is not UTF-8 at byte 0 but UTF-16; save it as UTF-8"
            )
        case .unknown(let offset):
            report(
                .invalidCharacter,
                file: file.rawValue,
                "is not UTF-8 at byte \(offset); save it as UTF-8"
            )
        }
        return false
    }
}
