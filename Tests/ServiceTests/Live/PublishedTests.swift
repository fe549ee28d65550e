import Feeds
import NIOCore
import Testing
import TransitModel

@testable import Service

struct PublishedTests {
    @Test func `whoever reads while it is published gets whole feeds of one generation`()
        async throws
    {
        let town = try await Town.open()
        try await town.drive()
        try await withThrowingTaskGroup { group in
            group.addTask {
                for round in 0..<30 {
                    town.time.advance(by: 2)
                    if round == 15 { try await town.live.reload() }
                    await town.live.publish()
                }
            }
            for _ in 0..<4 {
                group.addTask {
                    var last: Int64 = 0
                    for _ in 0..<100 {
                        let published = try #require(town.live.showcase.published)
                        for name in FeedName.allCases {
                            let bytes = Array(published.feed(name).plain.readableBytesView)
                            let feed = try FeedDecoder().decode(bytes)
                            #expect(feed.timestamp == published.timestamp)
                        }
                        #expect(published.timestamp >= last)
                        last = published.timestamp
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `what was overtaken is not shown`() async throws {
        let town = try await Town.open()
        let old = try #require(town.live.showcase.published)
        town.time.advance(by: 2)
        await town.live.publish()
        town.live.showcase.show(old)
        #expect(town.live.showcase.published !== old)
    }
}
