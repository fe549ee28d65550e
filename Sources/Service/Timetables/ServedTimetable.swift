import Ingestion
import Storage
import TransitModel

/// A timetable in force, with the archive that riders' apps download.
final class ServedTimetable: Sendable {
    /// How a timetable came to be in force.
    enum Origin: Hashable, Sendable {
        /// `--gtfs` names it.
        case argument
        /// A dispatcher put it in force at once.
        case order
        /// A dispatcher ordered it for a date.
        case staged(ServiceDate)
    }

    /// The folder or zip it came from.
    let path: String
    let origin: Origin
    let network: Network
    /// What is wrong or odd about the feed.
    let notices: [Notice]
    /// `/gtfs.zip`.
    let archive: Payload
    /// What lay there when it was read; nil for one read from its copy.
    let files: FeedFiles?
    /// ``Storage/FeedFiles/fingerprint()`` of what lay at `path`.
    let fingerprint: String

    private init(
        path: String, origin: Origin, load: NetworkLoad, archive: TimetableArchive,
        files: FeedFiles?, fingerprint: String
    ) {
        self.path = path
        self.origin = origin
        network = load.network
        notices = load.notices
        self.archive = Payload(archive.bytes, .zip, modified: archive.modified)
        self.files = files
        self.fingerprint = fingerprint
    }

    /// Reads and checks a GTFS; throws one line for people when it cannot be used.
    @concurrent
    static func load(path: String, origin: Origin) async throws -> ServedTimetable {
        let files = FeedFiles(path: path)
        let load = try ScheduleLoader.load(path: path)
        guard let files, FeedFiles(path: path) == files else {
            throw ServiceFault("\(path) changed while it was read: try again")
        }
        return ServedTimetable(
            path: path, origin: origin, load: load, archive: try TimetableArchive(files),
            files: files, fingerprint: try files.fingerprint())
    }

    /// Reads the copy of a timetable that was ordered, wherever it came from.
    @concurrent
    static func load(
        _ kept: KeptTimetable, copy: String
    ) async throws -> ServedTimetable {
        let load = try ScheduleLoader.load(path: copy)
        guard let files = FeedFiles(path: copy) else { throw ServiceFault("\(copy) is gone") }
        return ServedTimetable(
            path: kept.source, origin: kept.startsOn.map { .staged($0) } ?? .order, load: load,
            archive: try TimetableArchive(files), files: nil, fingerprint: kept.fingerprint)
    }
}
