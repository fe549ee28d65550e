import Testing

@testable import Ingestion

@Suite struct ZipSourceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func load(_ bytes: [UInt8], as name: String = "feed.zip") throws -> NetworkLoad {
        try ScheduleLoader.load(path: folder.write(bytes, to: name))
    }

    /// The code and text of the error that refuses an archive.
    private func refusal(_ bytes: [UInt8]) throws -> (code: String?, text: String) {
        let path = try folder.write(bytes, to: "feed.zip")
        let error = #expect(throws: ScheduleError.self) { try ScheduleLoader.load(path: path) }
        return (error?.notices.last?.code, error?.description ?? "")
    }

    @Test func `an archive is a feed under any name`() throws {
        #expect(try load(ZipWriter(MiniFeed.files).bytes, as: "google_transit").notices.isEmpty)
    }

    @Test func `a feed in a subfolder of an archive is found`() throws {
        var zip = ZipWriter(MiniFeed.files, folder: "export/gtfs/")
        zip.entries.append(.init(name: "__MACOSX/export/gtfs/._stops.txt", text: "\u{0}"))
        #expect(try load(zip.bytes).notices.map(\.file) == ["export/gtfs"])
    }

    @Test func `an archive zipped from a folder beside its files is read`() throws {
        let load = try load(ZipWriter(MiniFeed.files, folder: "../").bytes)
        #expect(load.codes == ["invalid_input_files_in_subfolder"])
    }

    @Test(arguments: ["../stops.txt", "/etc/stops.txt", "a/../../b.txt", "C:\\b.txt", "..\\b.txt"])
    func `a name outside the archive is refused`(name: String) throws {
        var zip = ZipWriter(MiniFeed.files)
        zip.entries.append(.init(name: name, text: "x"))
        #expect(try refusal(zip.bytes).code == "archive_suspicious")
    }

    @Test func `a name that stands twice is refused`() throws {
        var zip = ZipWriter(MiniFeed.files)
        zip.entries.append(.init(name: "stops.txt", text: "stop_id"))
        let refusal = try refusal(zip.bytes)
        #expect(refusal.code == "archive_suspicious")
        #expect(refusal.text.contains("stops.txt: is twice in the archive"))
    }

    @Test func `an encrypted archive is refused`() throws {
        var zip = ZipWriter(MiniFeed.files)
        zip.entries[0].isEncrypted = true
        #expect(try refusal(zip.bytes).code == "archive_encrypted")
    }

    @Test func `an entry that inflates too much is refused before it is inflated`() throws {
        var zip = ZipWriter(MiniFeed.files)
        zip.entries[0].claimedSize = 100 << 20
        #expect(try refusal(zip.bytes).text.contains("inflates more than 200 times"))
    }

    @Test func `an archive that inflates beyond two gigabytes is refused`() throws {
        var zip = ZipWriter(MiniFeed.files)
        zip.entries[0].claimedSize = 3 << 30
        #expect(try refusal(zip.bytes).code == "archive_suspicious")
    }

    @Test(arguments: [-1, 1, 5000])
    func `an entry of another size than its header says is refused`(difference: Int) throws {
        var zip = ZipWriter(MiniFeed.files)
        let size = zip.entries[0].bytes.count
        zip.entries[0].claimedSize = size + difference
        #expect(try refusal(zip.bytes).code == "archive_unreadable")
    }

    @Test func `more than a thousand entries are refused`() throws {
        var zip = ZipWriter(MiniFeed.files)
        for number in 0..<1000 { zip.entries.append(.init(name: "\(number)", text: "")) }
        #expect(try refusal(zip.bytes).text.contains("holds 1006 entries"))
    }

    @Test func `a truncated archive is refused`() throws {
        let bytes = ZipWriter(MiniFeed.files).bytes
        for part in [1, bytes.count / 2, bytes.count - 1] {
            #expect(try refusal(Array(bytes.prefix(part))).code == "archive_unreadable")
        }
    }

    @Test func `a damaged entry is refused`() throws {
        var bytes = ZipWriter(MiniFeed.files).bytes
        let text = Array("Asia/Jakarta".utf8)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: text) })
        bytes[place] ^= 1
        let refusal = try refusal(bytes)
        #expect(refusal.code == "archive_unreadable")
        #expect(refusal.text.contains("agency.txt: is damaged"))
    }

    @Test func `a web page named zip is called a web page`() throws {
        #expect(try refusal(Array("\n<!DOCTYPE html><html>".utf8)).text.contains("a web page"))
    }

    @Test func `an empty file is refused`() throws {
        #expect(try refusal([]).code == "archive_unreadable")
    }

    @Test(arguments: 0..<200)
    func `an archive with random damage is read or refused`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var bytes = ZipWriter(MiniFeed.files).bytes
        for _ in 0...3 {
            bytes[Int.random(in: bytes.indices, using: &generator)] = .random(
                in: 0...255,
                using: &generator
            )
        }
        let path = try folder.write(bytes, to: "feed.zip")
        _ = ScheduleLoader.check(path: path)
    }
}
