import Testing

@testable import Ingestion

/// Archives that nobody makes by accident; each is refused with a reason, and before it takes time
/// or memory.
@Suite struct HostileArchiveTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What refuses an archive; nil when it is taken.
    private func refusal(_ bytes: [UInt8]) throws -> Notice? {
        let (notices, load) = ScheduleLoader.check(path: try folder.write(bytes, to: "feed.zip"))
        return load == nil ? notices.last { $0.severity == .error } : nil
    }

    /// What refuses a feed one entry of which is changed.
    private func refusal(
        of name: String = "stop_times.txt", isDeflated: Bool = true,
        _ change: (inout ZipWriter.Entry) -> Void
    ) throws -> Notice? {
        var zip = ZipWriter(MiniFeed.files, isDeflated: isDeflated)
        let index = try #require(zip.entries.firstIndex { $0.name == name })
        change(&zip.entries[index])
        return try refusal(zip.bytes)
    }

    private func expect(
        _ notice: Notice?, _ code: NoticeCode, file: String? = nil, _ reason: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(notice?.code == code.rawValue, sourceLocation: sourceLocation)
        #expect(notice?.message.contains(reason) == true, sourceLocation: sourceLocation)
        #expect(notice?.file == file ?? "feed.zip", sourceLocation: sourceLocation)
    }

    // MARK: Honest ones

    @Test func `deflated entries are read`() throws {
        #expect(try refusal(ZipWriter(MiniFeed.files, isDeflated: true).bytes) == nil)
    }

    @Test(arguments: [false, true])
    func `sizes after the bytes are read`(isDeflated: Bool) throws {
        #expect(try refusal(isDeflated: isDeflated) { $0.hasDescriptor = true } == nil)
    }

    @Test func `sizes in the large form are read`() throws {
        #expect(try refusal { $0.isLargeForm = true } == nil)
    }

    @Test func `the mark of an end inside a file is not one`() throws {
        var zip = ZipWriter(MiniFeed.files)
        // As an end it would tell of 1,027 entries in 45 bytes.
        let mark: [UInt8] = Array("PK\u{5}\u{6},d,tPK".utf8) + little(0x0403, 2) + little(45, 4)
        var entry = zip.entries[0]
        entry.name = "extra.txt"
        entry.bytes = mark + little(0, 8)
        zip.entries.append(entry)
        #expect(try refusal(zip.bytes) == nil)
    }

    @Test func `an archive with a comment is read`() throws {
        var zip = ZipWriter(MiniFeed.files, isDeflated: true)
        zip.comment = Array("PK\u{5}\u{6} made by hand".utf8)
        #expect(try refusal(zip.bytes) == nil)
    }

    // MARK: Bombs

    @Test func `a bomb by ratio is refused before it is inflated`() throws {
        let notice = try refusal { $0.bytes = [UInt8](repeating: 0x2C, count: 3 << 20) }
        expect(notice, .archiveSuspicious, file: "stop_times.txt", "inflates more than 200 times")
    }

    @Test func `a small entry may be packed well`() throws {
        let notice = try refusal(of: "stops.txt") {
            $0.bytes += [UInt8](repeating: .lineFeed, count: 1 << 19)
        }
        #expect(notice == nil)
    }

    @Test func `a bomb by total is refused before it is inflated`() throws {
        let zip = heavy(["shapes.txt", "calendar_dates.txt", "frequencies.txt"])
        expect(try refusal(zip.bytes), .archiveSuspicious, "has files of more than 2 GiB in all")
    }

    @Test func `files that are not read may be large`() throws {
        let zip = heavy(["fare_rules.txt", "a/b.txt", "locations.geojson"])
        #expect(try refusal(zip.bytes) == nil)
    }

    /// The feed with files that claim 800 MiB each.
    private func heavy(_ names: [String]) -> ZipWriter {
        var zip = ZipWriter(MiniFeed.files)
        for name in names {
            var entry = ZipWriter.Entry(name: name, text: "")
            entry.packed = [UInt8](repeating: 0, count: 5 << 20)
            entry.claimedSize = 800 << 20
            zip.entries.append(entry)
        }
        return zip
    }

    @Test(arguments: ["stop_times.txt", "stops.txt"])
    func `an entry larger than the archive is refused`(name: String) throws {
        for isDeflated in [false, true] {
            let notice = try refusal(of: name, isDeflated: isDeflated) {
                $0.claimedSize = 2_000_000_000
                $0.claimedPackedSize = 2_000_000_000
            }
            expect(notice, .archiveSuspicious, "holds more than it has room for")
        }
    }

    @Test func `entries that share their bytes are refused`() throws {
        var zip = ZipWriter(MiniFeed.files)
        zip.entries[0].bytes += [UInt8](repeating: 0x20, count: 10_000)
        for number in 0..<20 {
            var entry = zip.entries[0]
            entry.name = "\(number).txt"
            entry.sharedWith = 0
            zip.entries.append(entry)
        }
        expect(try refusal(zip.bytes), .archiveSuspicious, "its files overlap")
    }

    @Test(arguments: [1001, 60_000])
    func `too many entries are refused by their number`(count: Int) throws {
        var zip = ZipWriter(MiniFeed.files)
        zip.claimedCount = count
        expect(try refusal(zip.bytes), .archiveSuspicious, "holds \(count) entries")
    }

    @Test func `too many entries are refused by their directory`() throws {
        let zip = ZipWriter(MiniFeed.files)
        let record = try #require(zip.parts.dropLast().last)
        let directory = Array(repeating: record, count: 20_000).flatMap { $0 }
        let bytes = directory + zip.end(directory.count, at: 0)
        let notice = try refusal(bytes)
        expect(notice, .archiveSuspicious, "has a directory of \(directory.count) bytes")
    }

    @Test(arguments: [0, 1, 0xFFFF])
    func `too many entries are refused in the large form`(commentLength: Int) throws {
        let bytes = ZipWriter(MiniFeed.files).bytes
        let comment = [UInt8](repeating: 0x78, count: commentLength)
        let end: [UInt8] = bytes.suffix(22).prefix(20) + little(commentLength, 2) + comment
        let record =
            little(0x0606_4B50, 4) + little(44, 8) + little(45, 4) + little(0, 8)
            + little(100_000, 8) + little(100_000, 8) + little(500, 8) + little(0, 8)
        let locator =
            little(0x0706_4B50, 4) + little(0, 4) + little(bytes.count - 22, 8)
            + little(1, 4)
        let notice = try refusal(Array(bytes.dropLast(22)) + record + locator + end)
        expect(notice, .archiveSuspicious, "holds 100000 entries")
    }

    @Test func `an end that refers to a large form that is not there is refused`() throws {
        let bytes = ZipWriter(MiniFeed.files).bytes.dropLast(6)
        let notice = try refusal(bytes + little(0xFFFF_FFFF, 4) + little(0, 2))
        expect(notice, .archiveSuspicious, "ends without the record")
    }

    @Test func `an archive with many ends is refused`() throws {
        let bytes = ZipWriter(MiniFeed.files).bytes
        let ends = Array(repeating: bytes.suffix(22), count: 2000).flatMap { $0 }
        expect(try refusal(bytes + ends), .archiveSuspicious, "ends 2001 times")
    }

    @Test func `an archive in an archive is no feed`() throws {
        var zip = ZipWriter()
        zip.entries = [.init(name: "gtfs.zip", text: "")]
        zip.entries[0].bytes = ZipWriter(MiniFeed.files).bytes
        let (notices, load) = ScheduleLoader.check(
            path: try folder.write(zip.bytes, to: "feed.zip"))
        #expect(load == nil)
        #expect(notices.filter { $0.code == "missing_required_file" }.count == 5)
        #expect(notices.contains { $0.code == "unknown_file" && $0.file == "gtfs.zip" })
    }

    // MARK: Names

    @Test(arguments: [
        "../stops.txt", "../../../etc/cron.d/x", "a/../../b.txt", "/etc/passwd", "\\\\host\\b.txt",
        "C:\\b.txt", "..\\b.txt", "..",
    ])
    func `a name that leads out of the archive is refused`(name: String) throws {
        var zip = ZipWriter(MiniFeed.files)
        zip.entries.append(.init(name: name, text: "x"))
        expect(
            try refusal(zip.bytes), .archiveSuspicious, file: name,
            "names a place outside the archive")
    }

    @Test(arguments: ["stops.txt", "notes.txt"])
    func `a symbolic link is refused`(name: String) throws {
        var zip = ZipWriter(MiniFeed.files)
        zip.entries.removeAll { $0.name == name }
        zip.entries.append(.init(name: name, text: "/etc/passwd"))
        zip.entries[zip.entries.count - 1].attributes = 0o120777 << 16
        expect(try refusal(zip.bytes), .archiveSuspicious, file: name, "is a link")
    }

    @Test(arguments: ["stops.txt", "unknown.txt"])
    func `a name that stands twice is refused`(name: String) throws {
        var zip = ZipWriter(MiniFeed.files)
        zip.entries.append(.init(name: name, text: "x"))
        zip.entries.append(.init(name: name, text: "y"))
        expect(try refusal(zip.bytes), .archiveSuspicious, file: name, "is twice in the archive")
    }

    @Test func `a name is shown without what steers a terminal`() throws {
        #expect("\u{1B}[2Jgtfs\u{9B}A\r".shown == "\u{FFFD}[2Jgtfs\u{FFFD}A\u{FFFD}")
        var zip = ZipWriter(MiniFeed.files)
        zip.entries.append(.init(name: "/" + String(repeating: "x", count: 500), text: ""))
        #expect(try refusal(zip.bytes)?.file == "/" + String(repeating: "x", count: 79))
    }

    // MARK: Damage

    @Test func `an encrypted entry is refused`() throws {
        let notice = try refusal(of: "stops.txt") { $0.isEncrypted = true }
        expect(notice, .archiveEncrypted, file: "stops.txt", "is encrypted")
    }

    @Test(arguments: [1, 9, 97, 98])
    func `an entry packed in a way that nobody reads is refused`(method: Int) throws {
        let notice = try refusal { $0.method = method }
        #expect(notice?.code == "archive_unreadable")
        #expect(notice?.file == "stop_times.txt")
    }

    @Test func `a way of packing that cannot be read is told by its number`() throws {
        let notice = try refusal { $0.method = 98 }
        expect(notice, .archiveUnreadable, file: "stop_times.txt", "(method 98)")
    }

    @Test(arguments: [false, true])
    func `an entry with another checksum is refused`(isDeflated: Bool) throws {
        for name in MiniFeed.files.keys.sorted() where name != "calendar.txt" {
            let notice = try refusal(of: name, isDeflated: isDeflated) { $0.claimedChecksum = 1 }
            expect(notice, .archiveUnreadable, file: name, "is damaged in the archive")
        }
    }

    @Test func `a damaged file that may be missing is told, and its services with it`() throws {
        var zip = ZipWriter(MiniFeed.files)
        zip.entries[1].claimedChecksum = 1
        let (notices, load) = ScheduleLoader.check(
            path: try folder.write(zip.bytes, to: "feed.zip"))
        #expect(load == nil)
        expect(notices.first, .archiveUnreadable, file: "calendar.txt", "is damaged in the archive")
    }

    @Test(arguments: [-1, 1, 1000])
    func `an entry of another size is refused`(difference: Int) throws {
        for isDeflated in [false, true] {
            for name in ["stop_times.txt", "stops.txt"] {
                let notice = try refusal(of: name, isDeflated: isDeflated) {
                    $0.claimedSize = $0.bytes.count + difference
                }
                expect(notice, .archiveUnreadable, file: name, "is damaged in the archive")
            }
        }
    }

    @Test func `an entry that inflates to far more than it says is refused`() throws {
        let notice = try refusal {
            $0.claimedSize = $0.bytes.count
            $0.bytes += [UInt8](repeating: .lineFeed, count: 1 << 20)
        }
        expect(notice, .archiveUnreadable, file: "stop_times.txt", "is damaged in the archive")
    }

    @Test(arguments: [1 << 33, 1 << 62, -1])
    func `sizes in the large form may lie`(size: Int) throws {
        let notice = try refusal {
            $0.isLargeForm = true
            $0.claimedSize = size
        }
        expect(notice, .archiveSuspicious, file: "stop_times.txt", "inflates to more than 2 GiB")
        let packed = try refusal {
            $0.isLargeForm = true
            $0.claimedPackedSize = size
        }
        #expect(["archive_suspicious", "archive_unreadable"].contains(packed?.code))
    }

    @Test func `a deflated entry that is cut short is refused`() throws {
        let whole = ZipWriter.Entry.deflated(Array((MiniFeed.files["stop_times.txt"] ?? "").utf8))
        for length in [0, 1, whole.count / 2, whole.count - 1] {
            let notice = try refusal { $0.packed = Array(whole.prefix(length)) }
            expect(notice, .archiveUnreadable, file: "stop_times.txt", "is damaged in the archive")
        }
    }

    @Test(arguments: [false, true])
    func `an archive cut anywhere between its parts is refused`(isDeflated: Bool) throws {
        var length = 0
        for part in ZipWriter(MiniFeed.files, isDeflated: isDeflated).parts {
            for cut in Set([length, length + part.count / 2]) {
                let bytes = ZipWriter(MiniFeed.files, isDeflated: isDeflated).bytes
                let notice = try refusal(Array(bytes.prefix(cut)))
                expect(notice, .archiveUnreadable, "is not a whole zip archive")
            }
            length += part.count
        }
    }

    @Test(arguments: [
        "<!DOCTYPE html><html>", "\r\n  <html>", "<?xml version=\"1.0\"?>", "\u{FEFF}\n<html>",
    ])
    func `a web page named zip is called one`(text: String) throws {
        expect(try refusal(Array(text.utf8)), .archiveUnreadable, "is a web page")
    }

    @Test func `text named zip is quoted`() throws {
        let notice = try refusal(Array("{\"error\":\"rate limited\",\n\"retry\":60}".utf8))
        expect(
            notice, .archiveUnreadable,
            "is no zip archive; it starts with \"{\\\"error\\\":\\\"rate limited")
    }

    @Test func `nothing is no archive`() throws {
        expect(try refusal([]), .archiveUnreadable, "is not a whole zip archive")
    }

    private func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
