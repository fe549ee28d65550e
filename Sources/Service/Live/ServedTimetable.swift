import Ingestion
import TransitModel

/// A timetable in force, with the archive that riders' apps download.
final class ServedTimetable: Sendable {
    /// The folder or zip it was read from.
    let path: String
    let network: Network
    /// What is wrong or odd about the feed.
    let notices: [Notice]
    /// `/gtfs.zip`.
    let archive: Payload

    private init(path: String, load: NetworkLoad, archive: Payload) {
        self.path = path
        network = load.network
        notices = load.notices
        self.archive = archive
    }

    /// Reads and checks a GTFS; throws one line for people when it cannot be used.
    @concurrent
    static func load(path: String) async throws -> ServedTimetable {
        let load = try ScheduleLoader.load(path: path)
        let archive = try TimetableArchive(path: path)
        let payload = Payload(archive.bytes, .zip, modified: archive.modified)
        return ServedTimetable(path: path, load: load, archive: payload)
    }
}
