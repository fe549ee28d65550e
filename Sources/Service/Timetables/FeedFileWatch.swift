import Storage

/// Decides from looks at a GTFS on the disk when it is worth reading.
///
/// It is read once it has changed and then has looked the same twice, so that a file which is still
/// being copied is left alone; and only when its content is neither the one in force nor one that
/// was refused before.
struct FeedFileWatch: Sendable {
    private var settled: FeedFiles?
    private var last: FeedFiles?
    private var known: String?
    private var refused: String?

    /// Watches a feed of which `files` have been read, with the content `fingerprint`.
    init(files: FeedFiles?, fingerprint: String?) {
        settled = files
        last = files
        known = fingerprint
    }

    /// Takes a look; whether what lies there should be read now.
    mutating func look(_ files: FeedFiles?) -> Bool {
        defer { last = files }
        guard let files, !files.files.isEmpty, files == last, files != settled else {
            return false
        }
        settled = files
        return true
    }

    /// Whether a content that was read is neither in force nor refused.
    func isNews(_ fingerprint: String) -> Bool {
        fingerprint != known && fingerprint != refused
    }

    /// Notes a content that cannot be used.
    mutating func refuse(_ fingerprint: String) { refused = fingerprint }
}
