import Foundation

/// What the end of a zip archive says of its directory.
///
/// Looked at before libzip is asked, which reads all of a directory, once for each end that it
/// finds, however large and many they are.
struct ZipEnd {
    /// Bytes of a directory above which an archive is refused.
    static let directoryLimit: UInt64 = 1 << 20
    /// Ends above which an archive is refused; another archive inside may bring its own.
    static let endLimit = 8

    /// An end as it says; nothing of it need be true.
    private struct Claim {
        var entryCount: UInt64
        var directorySize: UInt64
        var directoryStart: UInt64

        /// Whether the record before it has a number that it has no room for.
        var isLarge: Bool {
            entryCount == 0xFFFF || directorySize == 0xFFFF_FFFF || directoryStart == 0xFFFF_FFFF
        }

        /// Whether the directory could lie before an offset.
        func fits(before end: UInt64) -> Bool {
            directorySize <= end && directoryStart <= end - directorySize
        }
    }

    /// Bytes of the archive.
    let archiveSize: UInt64

    private let handle: FileHandle
    /// The bytes in which an end can lie: it is followed by a comment at most, and the locator of
    /// the large form goes before it.
    private let tail: [UInt8]

    /// Reads the end of an archive; nil when the file cannot be read.
    init?(_ file: PlainFile.Opened) {
        let count = min(file.size, Self.locatorSize + 22 + 0xFFFF)
        let start = UInt64(file.size - count)
        guard let tail = Self.bytes(of: file.handle, at: start, count: count) else { return nil }
        handle = file.handle
        self.tail = tail
        archiveSize = start + UInt64(tail.count)
    }

    /// Refuses what no feed's archive says.
    func check() throws(FeedFailure) {
        let ends = tail.indices.filter { tail[$0...].starts(with: Self.mark) }
        let claims = try ends.map(claims)
        let count = claims.count { !$0.isEmpty }
        guard count <= Self.endLimit else {
            throw ZipChecks.suspicious(nil, "ends \(count) times; zip the files anew")
        }
        for claim in claims.joined() {
            try ZipChecks.check(count: claim.entryCount)
            guard claim.directorySize <= Self.directoryLimit else {
                throw ZipChecks.suspicious(
                    nil,
                    "has a directory of \(claim.directorySize) bytes; a feed has a few dozen files")
            }
        }
    }

    private static let locatorSize = 20
    private static let mark: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    private static let directoryMark: UInt64 = 0x0201_4B50
    private static let largeMark: UInt64 = 0x0606_4B50
    private static let locatorMark: UInt64 = 0x0706_4B50

    /// What an end says that could be: the mark may also stand in a comment or a file by chance.
    private func claims(at end: Int) throws(FeedFailure) -> [Claim] {
        let claim = Claim(
            entryCount: Self.number(tail, at: end + 10, of: 2),
            directorySize: Self.number(tail, at: end + 12, of: 4),
            directoryStart: Self.number(tail, at: end + 16, of: 4))
        let place = archiveSize - UInt64(tail.count - end)
        let large = largeClaim(before: end)
        guard large != nil || !claim.isLarge || !isLast(end) else {
            throw ZipChecks.suspicious(
                nil, "ends without the record that its last one refers to; fetch the feed again")
        }
        let small = hasDirectory(claim) ? claim : nil
        return [small, large].compactMap { $0 }.filter { $0.fits(before: place) }
    }

    /// Whether the archive ends with this end and its comment.
    private func isLast(_ end: Int) -> Bool {
        end + 22 + Int(Self.number(tail, at: end + 20, of: 2)) == tail.count
    }

    /// Whether a directory begins where it is said to; where none does libzip reads no further, but
    /// for what the large form tells it has made room by then.
    private func hasDirectory(_ claim: Claim) -> Bool {
        let start = Self.bytes(of: handle, at: claim.directoryStart, count: 4)
        return start.map { Self.number($0, at: 0, of: 4) } == Self.directoryMark
    }

    /// What the end of an archive beyond 4 GiB or 65,535 entries says, found through its locator.
    private func largeClaim(before end: Int) -> Claim? {
        guard end >= Self.locatorSize,
            Self.number(tail, at: end - Self.locatorSize, of: 4) == Self.locatorMark
        else { return nil }
        let offset = Self.number(tail, at: end - 12, of: 8)
        guard offset < archiveSize, let record = Self.bytes(of: handle, at: offset, count: 56),
            Self.number(record, at: 0, of: 4) == Self.largeMark
        else { return nil }
        return Claim(
            entryCount: Self.number(record, at: 32, of: 8),
            directorySize: Self.number(record, at: 40, of: 8),
            directoryStart: Self.number(record, at: 48, of: 8))
    }

    private static func bytes(of handle: FileHandle, at offset: UInt64, count: Int) -> [UInt8]? {
        guard (try? handle.seek(toOffset: offset)) != nil,
            let bytes = try? handle.read(upToCount: count)
        else { return offset == 0 ? [] : nil }
        return Array(bytes)
    }

    /// A number of so many bytes, the lowest first; those that are not there are zeros.
    private static func number(_ bytes: [UInt8], at offset: Int, of count: Int) -> UInt64 {
        bytes.dropFirst(offset).prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
