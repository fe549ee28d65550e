import Foundation
import Testing
import TransitModel

@testable import Ingestion

/// Where the files of a feed may lie, and what may lie there instead.
@Suite struct ArchivePlacesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func check(_ path: String) -> Notice? {
        let (notices, load) = ScheduleLoader.check(path: path)
        return load == nil ? notices.last { $0.severity == .error } : nil
    }

    @Test func `a pipe is refused, not waited for`() throws {
        let path = folder.url.path + "/feed.zip"
        #expect(mkfifo(path, 0o600) == 0)
        #expect(check(path)?.message.contains("is a pipe, a device or the like") == true)
    }

    @Test(arguments: ["stops.txt", "stop_times.txt"])
    func `a pipe in a folder is refused, not waited for`(name: String) throws {
        var files = MiniFeed.files
        files[name] = nil
        let path = try folder.write(files)
        #expect(mkfifo(path + "/" + name, 0o600) == 0)
        let notice = check(path)
        #expect(notice?.file == name)
        #expect(notice?.message.contains("is a pipe, a device or the like") == true)
    }

    @Test(arguments: ["/dev/zero", "/dev/null"])
    func `a device is refused, by its path and behind a link`(device: String) throws {
        #expect(check(device)?.message.contains("is a pipe, a device or the like") == true)
        var files = MiniFeed.files
        files["stop_times.txt"] = nil
        let path = try folder.write(files)
        try FileManager.default.createSymbolicLink(
            atPath: path + "/stop_times.txt", withDestinationPath: device)
        #expect(check(path)?.file == "stop_times.txt")
    }

    @Test func `a pipe that nobody reads does no harm`() throws {
        let path = try folder.write(MiniFeed.files)
        #expect(mkfifo(path + "/notes", 0o600) == 0)
        #expect(check(path) == nil)
    }

    @Test func `the files of a folder have a limit together`() throws {
        let path = try folder.write(MiniFeed.files)
        for name in ["shapes.txt", "frequencies.txt", "calendar_dates.txt"] {
            let file = try folder.write([], to: name)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
            try handle.truncate(atOffset: 800 << 20)
            try handle.close()
        }
        #expect(check(path)?.message.contains("more than 2 GiB in all") == true)
    }

    @Test func `folders of an archive may be parted by backslashes`() throws {
        let bytes = ZipWriter(MiniFeed.files, folder: "city\\gtfs\\").bytes
        let (notices, load) = ScheduleLoader.check(path: try folder.write(bytes, to: "feed.zip"))
        #expect(load?.network.trips.count == 1)
        #expect(notices.map(\.code) == ["invalid_input_files_in_subfolder"])
        #expect(notices.map(\.file) == ["city/gtfs"])
    }

    @Test func `one name with both kinds of slashes is twice in the archive`() throws {
        var zip = ZipWriter(MiniFeed.files, folder: "a/")
        zip.entries.append(.init(name: "a\\stops.txt", text: "x"))
        let notice = check(try folder.write(zip.bytes, to: "feed.zip"))
        #expect(notice?.message.contains("is twice in the archive") == true)
    }

    @Test(arguments: [(1, true), (4, true), (5, false)])
    func `a feed is found as deep in a folder as in an archive`(
        depth: Int, isFound: Bool
    ) throws {
        let place = (0..<depth).map { "d\($0)/" }.joined()
        let zip = try folder.write(
            ZipWriter(MiniFeed.files, folder: place).bytes, to: "zip/feed.zip")
        #expect((check(zip) == nil) == isFound)
        _ = try folder.write(MiniFeed.files, under: "plain/" + place)
        #expect((check(folder.url.path + "/plain") == nil) == isFound)
    }

    @Test func `a folder of thousands of files is no feed`() throws {
        for number in 0...FolderSource.fileLimit { _ = try folder.write([], to: "\(number)") }
        #expect(check(folder.url.path)?.message.contains("holds more than 10000 files") == true)
    }
}
