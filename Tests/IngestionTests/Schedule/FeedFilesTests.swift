import Foundation
import Testing
import TransitModel

@testable import Ingestion

struct FeedFilesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

    private func write(_ names: String...) throws {
        for name in names { _ = try folder.write(Array("x".utf8), to: name) }
    }

    private func touch(_ name: String) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: path(name))
    }

    private func names(in name: String) throws -> [String] {
        try #require(FeedFiles(path: path(name))).files.map(\.name)
    }

    @Test func `where nothing lies there is nothing to look at`() {
        #expect(FeedFiles(path: path("none.zip")) == nil)
    }

    @Test func `a touched file looks different`() throws {
        try write("feed.zip")
        let before = try #require(FeedFiles(path: path("feed.zip")))
        try touch("feed.zip")
        #expect(FeedFiles(path: path("feed.zip")) != before)
    }

    @Test func `a link is as changed as what it leads to`() throws {
        try write("feed.zip")
        try FileManager.default.createSymbolicLink(
            atPath: path("link.zip"), withDestinationPath: path("feed.zip"))
        let before = try #require(FeedFiles(path: path("link.zip")))
        try touch("feed.zip")
        #expect(FeedFiles(path: path("link.zip")) != before)
    }

    @Test func `texts and what the specification names belong to a folder's feed`() throws {
        try write(
            "feed/stops.txt", "feed/TRIPS.TXT", "feed/extra.txt", "feed/locations.geojson",
            "feed/readme.md", "feed/._stops.txt")
        let found = try names(in: "feed")
        #expect(found == ["TRIPS.TXT", "extra.txt", "locations.geojson", "stops.txt"])
    }

    @Test func `a stray text does not hide a feed in a subfolder`() throws {
        _ = try folder.write(MiniFeed.files, under: "in/town/")
        try write("in/readme.txt")
        let found = try names(in: "in")
        #expect(found.allSatisfy { $0.hasPrefix("town/") } && found.count == MiniFeed.files.count)
        #expect(try ScheduleLoader.load(path: path("in")).network.trips.count > 0)
    }

    @Test func `a folder of two feeds has the files of neither`() throws {
        try write("in/a/stops.txt", "in/b/stops.txt")
        #expect(try names(in: "in").isEmpty)
    }
}
