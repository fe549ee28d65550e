import Foundation
import Testing
import TransitModel

@testable import Ingestion

@Suite struct FeedArchiveTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `a folder is a feed`() throws {
        let load = try ScheduleLoader.load(path: folder.write(MiniFeed.files))
        #expect(load.network.trips.count == 1)
        #expect(load.notices.isEmpty)
        #expect(load.rowCounts["stop_times.txt"] == 3)
    }

    @Test func `a feed in a subfolder is found, with a notice`() throws {
        let load = try ScheduleLoader.load(path: folder.write(MiniFeed.files, under: "gtfs/"))
        #expect(load.network.trips.count == 1)
        #expect(load.codes == ["invalid_input_files_in_subfolder"])
        #expect(load.notices.first?.severity == .error)
    }

    @Test func `a folder behind a symbolic link is a feed`() throws {
        let link = folder.url.appendingPathComponent("link")
        let path = try folder.write(MiniFeed.files, under: "real/") + "/real"
        try FileManager.default.createSymbolicLink(
            at: link, withDestinationURL: URL(fileURLWithPath: path))
        #expect(try ScheduleLoader.load(path: link.path).network.trips.count == 1)
    }

    @Test func `what macOS adds is left out`() throws {
        _ = try folder.write(MiniFeed.files, under: "__MACOSX/")
        let load = try ScheduleLoader.load(path: folder.write(MiniFeed.files, under: "gtfs/"))
        #expect(load.notices.map(\.file) == ["gtfs", "__MACOSX"])
    }

    @Test func `two feeds in one archive are not chosen between`() throws {
        _ = try folder.write(MiniFeed.files, under: "bus/")
        let path = try folder.write(MiniFeed.files, under: "tram/")
        let error = #expect(throws: ScheduleError.self) { try ScheduleLoader.load(path: path) }
        #expect(error?.description.contains("(bus, tram)") == true)
    }

    @Test func `a feed at the top goes before one in a subfolder`() throws {
        _ = try folder.write(MiniFeed.files, under: "old/")
        let load = try ScheduleLoader.load(path: folder.write(MiniFeed.files))
        #expect(load.codes == ["invalid_input_files_in_subfolder"])
        #expect(load.notices.map(\.file) == ["old"])
    }

    @Test func `a path that leads nowhere is told`() {
        let error = #expect(throws: ScheduleError.self) {
            try ScheduleLoader.load(path: "/nowhere/feed.zip")
        }
        #expect(
            error?.description
                == "/nowhere/feed.zip: feed.zip: there is no such file or folder"
        )
    }

    @Test func `an empty folder lacks the required files`() throws {
        let (notices, load) = ScheduleLoader.check(path: folder.url.path)
        #expect(load == nil)
        #expect(notices.filter { $0.code == "missing_required_file" }.count == 5)
    }

    @Test func `a folder and an archive of the same files are one version`() throws {
        let unpacked = try ScheduleLoader.load(path: folder.write(MiniFeed.files))
        let zip = try folder.write(ZipWriter(MiniFeed.files).bytes, to: "feed.zip")
        let packed = try ScheduleLoader.load(path: zip)
        #expect(unpacked.network.version == packed.network.version)
        #expect(unpacked.network.version.count == 16)
    }
}
