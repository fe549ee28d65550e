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
    /// Such an archive was zipped from a folder beside its files, and its names still lie in one
    /// place.
    static func rebased(_ entries: [ZipArchive.Entry]) -> [ZipArchive.Entry]? {
        guard entries.allSatisfy({ $0.path.hasPrefix("../") }) else { return nil }
        return entries.map { entry in
            var entry = entry
            entry.path.removeFirst(3)
            return entry
        }
    }

    static func check(count: UInt64) throws(FeedFailure) {
        guard count <= entryLimit else {
            throw suspicious(nil, "holds \(count) entries; a feed has a few dozen at most")
        }
    }

    /// Checks entries of an archive that has so many bytes.
    static func check(
        _ entries: [ZipArchive.Entry], in archiveSize: UInt64
    ) throws(FeedFailure) {
        var names = Set<String>()
        var packed: UInt64 = 0
        for entry in entries {
            try checkName(entry.path)
            try checkKind(entry)
            guard entry.packedSize <= archiveSize - packed else {
                throw suspicious(nil, "holds more than it has room for; its files overlap")
            }
            packed += entry.packedSize
            try checkSize(entry)
            guard names.insert(entry.path.replacing("\\", with: "/")).inserted else {
                throw suspicious(entry.path, "is twice in the archive; which one holds is unknown")
            }
        }
    }

    private static func checkName(_ path: String) throws(FeedFailure) {
        let parts = path.split(whereSeparator: { $0 == "/" || $0 == "\\" })
        guard !path.hasPrefix("/"), !path.hasPrefix("\\"), path.dropFirst().first != ":",
            !parts.contains("..")
        else { throw suspicious(path, "names a place outside the archive; zip the files anew") }
    }

    private static func checkKind(_ entry: ZipArchive.Entry) throws(FeedFailure) {
        guard !entry.isEncrypted else {
            throw FeedFailure(
                code: .archiveEncrypted,
                file: entry.path.shown,
                message: "is encrypted; ask the publisher for a feed without a password"
            )
        }
        guard !entry.isLink else {
            throw suspicious(entry.path, "is a link to a file and no file; zip the files anew")
        }
    }

    private static func checkSize(_ entry: ZipArchive.Entry) throws(FeedFailure) {
        let name = entry.path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let isRead = FeedFile(rawValue: name.lowercased()) != nil
        guard !isRead || entry.size <= UInt64(FeedArchive.sizeLimit) else {
            throw suspicious(entry.path, "inflates to more than 2 GiB")
        }
        guard entry.size <= ratioFloor || entry.size / max(1, entry.packedSize) <= ratioLimit
        else { throw suspicious(entry.path, "inflates more than \(ratioLimit) times") }
    }

    static func suspicious(_ file: String?, _ message: String) -> FeedFailure {
        FeedFailure(code: .archiveSuspicious, file: file?.shown, message: message)
    }
}

extension String {
    /// A name from an archive as it may be shown: short, and without what could steer a terminal.
    var shown: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.prefix(80).map {
                    $0.properties.generalCategory == .control ? "\u{FFFD}" : $0
                }))
    }
}
