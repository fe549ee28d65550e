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
    /// ``Ingestion/FeedFiles/fingerprint()`` of what lay at `path`.
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
    static func load(path: String, origin: Origin) async throws -> ServedTimetable {
        try await LongWork.run { try Draft(path: path).checked(origin) }
    }

    /// Reads the copy of a timetable that was ordered, wherever it came from.
    static func load(_ kept: KeptTimetable, copy: String) async throws -> ServedTimetable {
        try await load(
            copy: copy, of: kept.source, kept.startsOn.map { .staged($0) } ?? .order,
            kept.fingerprint)
    }

    /// Reads the copy of what `--gtfs` named when it last was good.
    static func load(_ kept: KeptArgument, copy: String) async throws -> ServedTimetable {
        try await load(copy: copy, of: kept.source, .argument, kept.fingerprint)
    }

    private static func load(
        copy: String, of source: String, _ origin: Origin, _ fingerprint: String
    ) async throws -> ServedTimetable {
        let draft = try await LongWork.run { try Draft(path: copy) }
        return ServedTimetable(
            path: source, origin: origin, load: draft.load, archive: draft.archive, files: nil,
            fingerprint: fingerprint)
    }

    /// A timetable that has been read, maybe from files that somebody wrote to meanwhile.
    struct Draft: Sendable {
        fileprivate let load: NetworkLoad
        fileprivate let archive: TimetableArchive
        private let files: FeedFiles

        init(path: String) throws {
            let files = FeedFiles(path: path)
            load = try ScheduleLoader.load(path: path)
            guard let files else { throw Self.hasChanged(path) }
            self.files = files
            archive = try TimetableArchive(files)
        }

        /// The timetable, when the files are still the same after all has been read.
        func checked(_ origin: Origin) throws -> ServedTimetable {
            let path = files.path
            guard FeedFiles(path: path) == files else { throw Self.hasChanged(path) }
            return ServedTimetable(
                path: path, origin: origin, load: load, archive: archive, files: files,
                fingerprint: archive.fingerprint)
        }

        private static func hasChanged(_ path: String) -> ServiceFault {
            ServiceFault("\(path) changed while it was read: try again")
        }
    }
}
