import Ingestion
import TransitModel

/// Decides from looks at a GTFS on the disk when it is worth reading.
///
/// It is read once it has changed and then has settled, so that what is still being copied is left
/// alone; and only when its content is neither the one in force nor one that was refused before.
struct FeedFileWatch: Sendable {
    /// Seconds for which a folder must look the same, since its files come one by one.
    ///
    /// A zip must look the same twice; half of one is no zip.
    static let folderSettling = 30.0

    private var settled: FeedFiles?
    private var last: FeedFiles?
    private var lastChange = Timestamp(-.infinity)
    private var known: String?
    private var refused: String?
    private var retry = Retry()

    /// Watches a feed of which `files` have been read, with the content `fingerprint`.
    init(files: FeedFiles?, fingerprint: String?) {
        settled = files
        last = files
        known = fingerprint
    }

    /// Takes a look; whether what lies there should be read now.
    ///
    /// It should be again and again until one of ``settle(_:)``, ``refuse(_:_:)`` and
    /// ``failed(_:at:)`` is told what came of it.
    mutating func look(_ files: FeedFiles?, at now: Timestamp) -> Bool {
        guard files == last else {
            (last, lastChange, retry) = (files, now, Retry())
            return false
        }
        // The clock may have been set back.
        lastChange = min(lastChange, now)
        guard let files, !files.files.isEmpty, files != settled else { return false }
        let isSettled = !files.isFolder || now - lastChange >= Self.folderSettling
        return isSettled && retry.isDue(at: now)
    }

    /// Whether a content that was read is neither in force nor refused.
    func isNews(_ fingerprint: String) -> Bool {
        fingerprint != known && fingerprint != refused
    }

    /// Notes that files have been read and hold nothing new.
    mutating func settle(_ files: FeedFiles) { settled = files }

    /// Notes files and their content that cannot be used.
    mutating func refuse(_ files: FeedFiles, _ fingerprint: String) {
        settled = files
        refused = fingerprint
    }

    /// Notes that something failed which may go well the next time; whether that is worth telling.
    mutating func failed(_ reason: String, at now: Timestamp) -> Bool {
        retry.failed(reason, at: now)
    }
}
