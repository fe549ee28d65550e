import Testing

@testable import Feeds

struct MessageWriterTests {
    private func writer(at timestamp: Int64) -> MessageWriter {
        MessageWriter(FeedHeader(timestamp: timestamp, feedVersion: ""))
    }

    @Test func `an empty message is version, completeness and time`() {
        let writer = writer(at: 5)
        #expect(writer.pack() == [10, 9, 10, 3, 50, 46, 48, 16, 0, 24, 5])
    }

    @Test func `moments are cut to whole seconds and never lie after the header`() {
        let writer = writer(at: 100)
        #expect(writer.clamped(99.9) == 99)
        #expect(writer.clamped(100.9) == 100)
        #expect(writer.clamped(500) == 100)
        #expect(writer.clamped(-3) == 0)
    }

    @Test func `entities stand in the order in which they were added`() throws {
        var writer = writer(at: 100)
        _ = writer.addEntity(id: "b")
        _ = writer.addEntity(id: "a")
        let feed = try FeedDecoder().decode(writer.pack())
        #expect(feed.entities.map(\.id) == ["b", "a"])
    }
}
