import Geometry
import TransitModel

/// Makes a network of a feed's files: each file is read once, checked row by row, and let go.
///
/// Rows with errors are dropped with a notice. The feed as a whole is refused only when nothing
/// could be predicted from it: a required file is missing or unreadable, the agency has no known
/// zone, or no trip is left.
struct NetworkCompiler {
    let archive: FeedArchive
    /// The day on which the feed is looked at; nil when what has run out does not matter.
    private let asOf: ViewingDay?
    let limits: FeedLimits
    let log = NoticeLog()
    var parts = Network.Parts()
    var agencies = AgencyNames()
    var stopIDs = IDTable()
    var routeIDs = IDTable()
    var serviceIDs = IDTable()
    /// Line of each service that `calendar.txt` has.
    var calendarLines: [Int] = []
    /// Line of each place of `stops.txt` that is no stop, by number.
    var otherPlaces: [Int: Int] = [:]
    /// Files of which rows were lost, so that an unknown name may be the file's fault.
    var incomplete = Set<FeedFile>()
    /// Files without a byte in them.
    var emptyFiles = Set<FeedFile>()
    var trips = TripRows()
    var rowCounts: [String: Int] = [:]
    var contentHash = ContentHash()

    init(_ archive: FeedArchive, asOf: ViewingDay? = nil, limits: FeedLimits = FeedLimits()) {
        self.archive = archive
        self.asOf = asOf
        self.limits = limits
    }

    /// The day on which the feed is looked at, once the agency's zone is known.
    var today: ServiceDate? {
        switch asOf {
        case .date(let date): date
        case .moment(let moment):
            parts.agencies.elements.first.flatMap { ServiceDay(timeZoneName: $0.timeZone) }?
                .date(at: moment)
        case nil: nil
        }
    }

    /// The network, with all notices.
    mutating func compile() throws(ScheduleError) -> NetworkLoad {
        try checkFiles()
        try readAgencies()
        try readFeedInfo()
        try readStops()
        try readRoutes()
        try readCalendars()
        try readTrips()
        try readFrequencies()
        try compileShapesAndTimes()
        checkDates()
        guard let network = makeNetwork() else { throw refused() }
        return NetworkLoad(network: network, notices: log.notices, rowCounts: rowCounts)
    }

    private func checkFiles() throws(ScheduleError) {
        checkPlaces()
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
    }

    /// Reports files that lie where no reader of feeds looks, and files that nobody knows.
    private func checkPlaces() {
        if !archive.folder.isEmpty {
            log.report(
                .invalidInputFilesInSubfolder, file: archive.folder.shown,
                archive.folder == ".."
                    ? "the files' names begin with ../; they are read as if they did not"
                    : "the files lie in a subfolder; they are read from there")
        }
        for folder in archive.strayFolders {
            log.report(
                .invalidInputFilesInSubfolder, file: folder.shown,
                "holds more files of a feed; they are not read")
        }
        for file in archive.unknownFiles {
            log.report(.unknownFile, file: file.shown, "is no file of the specification; not read")
        }
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
        if let bytes = read(file) {
            do throws(TableReader.Unreadable) {
                return try TableReader.open(file, RowWindow(bytes), log: log)
            } catch {
                if error.isEmpty { emptyFiles.insert(file) }
            }
        }
        if file.isRequired { throw refused() }
        if archive.files.contains(file) { incomplete.insert(file) }
        return nil
    }

    /// Notes how many rows a file had, once it is read.
    mutating func close(_ table: borrowing TableReader) {
        rowCounts[table.file.rawValue] = table.rowCount
        if table.hasLostRows { incomplete.insert(table.file) }
    }

    /// Reports a name that `parents` do not have; not as an error where they lost rows.
    func report(
        dangling column: Column, to parents: [FeedFile], _ table: borrowing TableReader,
        _ message: String
    ) {
        let lost = parents.first(where: incomplete.contains)
        table.report(
            .foreignKeyViolation, in: column, severity: lost == nil ? nil : .warning,
            message + (lost?.mayHoldIt ?? ""))
    }

    /// Refuses a feed that has more of something than any.
    func check(_ number: Int, against limit: FeedLimits.Limit) throws(ScheduleError) {
        guard let failure = limit.failure(at: number) else { return }
        log.report(failure.code, file: limit.file.rawValue, failure.message)
        throw refused()
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
