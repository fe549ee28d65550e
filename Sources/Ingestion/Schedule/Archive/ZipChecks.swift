/// What no honest feed does: each is a reason to refuse an archive before inflating it.
enum ZipChecks {
    /// Entries above which an archive is refused.
    static let entryLimit = 1000
    /// Inflated bytes for each packed byte above which a large entry is refused.
    static let ratioLimit: UInt64 = 200
    /// Inflated size from which the ratio matters.
    static let ratioFloor: UInt64 = 1 << 20

    /// Takes away a `../` that all names share; nil where they do not.
    ///
    /// Such an archive was zipped from a folder beside its
    /// files, and its names still lie in one place.
    static func rebased(_ entries: [ZipArchive.Entry]) -> [ZipArchive.Entry]? {
        guard entries.allSatisfy({ $0.path.hasPrefix("../") }) else { return nil }
        return entries.map { entry in
            var entry = entry
            entry.path.removeFirst(3)
            return entry
        }
    }

    static func check(count: Int) throws(FeedFailure) {
        guard count <= entryLimit else {
            throw suspicious(nil, "holds \(count) entries; a feed has a few dozen at most")
        }
    }

    static func check(_ entries: [ZipArchive.Entry]) throws(FeedFailure) {
        var names = Set<String>()
        var total: UInt64 = 0
        for entry in entries {
            try checkName(entry.path)
            try checkSize(entry)
            guard names.insert(entry.path).inserted else {
                throw suspicious(entry.path, "is twice in the archive; which one holds is unknown")
            }
            total += entry.size
            guard total <= UInt64(FeedArchive.sizeLimit) else {
                throw suspicious(nil, "inflates to more than 2 GiB")
            }
        }
    }

    private static func checkName(_ path: String) throws(FeedFailure) {
        let parts = path.split(whereSeparator: { $0 == "/" || $0 == "\\" })
        guard !path.hasPrefix("/"), !path.hasPrefix("\\"), path.dropFirst().first != ":",
            !parts.contains("..")
        else { throw suspicious(path, "names a place outside the archive; zip the files anew") }
    }

    private static func checkSize(_ entry: ZipArchive.Entry) throws(FeedFailure) {
        guard !entry.isEncrypted else {
            throw FeedFailure(
                code: .archiveEncrypted,
                file: entry.path,
                message: "is encrypted; ask the publisher for a feed without a password"
            )
        }
        guard entry.size <= UInt64(FeedArchive.sizeLimit) else {
            throw suspicious(entry.path, "inflates to more than 2 GiB")
        }
        guard entry.size <= ratioFloor || entry.size / max(1, entry.packedSize) <= ratioLimit
        else { throw suspicious(entry.path, "inflates more than \(ratioLimit) times") }
    }

    private static func suspicious(_ file: String?, _ message: String) -> FeedFailure {
        FeedFailure(code: .archiveSuspicious, file: file, message: message)
    }
}
