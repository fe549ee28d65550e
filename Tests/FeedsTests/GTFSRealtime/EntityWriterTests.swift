import Testing

@testable import Feeds

struct EntityWriterTests {
    @Test func `a header is version, completeness and time`() {
        var writer = EntityWriter(at: 5)
        let header = writer.pack(FeedHeader(timestamp: 5, feedVersion: ""))
        #expect(header == [10, 9, 10, 3, 50, 46, 48, 16, 0, 24, 5])
    }

    @Test func `moments are cut to whole seconds and never lie after the header`() {
        let writer = EntityWriter(at: 100)
        #expect(writer.clamped(99.9) == 99)
        #expect(writer.clamped(100.9) == 100)
        #expect(writer.clamped(500) == 100)
        #expect(writer.clamped(-3) == 0)
    }

    @Test(arguments: [1, 120, 125, 126, 127, 16_376, 16_380, 70_000])
    func `an entity says how long it is`(length: Int) throws {
        var writer = EntityWriter(at: 100)
        let id = String(repeating: "x", count: length)
        let first = writer.pack(writer.start(id: id))
        let second = writer.pack(writer.start(id: "b"))
        let header = writer.pack(FeedHeader(timestamp: 100, feedVersion: ""))
        let feed = try FeedDecoder().decode(header + first + second)
        #expect(feed.entities.map(\.id) == [id, "b"])
    }
}
