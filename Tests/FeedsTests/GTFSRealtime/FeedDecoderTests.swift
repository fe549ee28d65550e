import Testing

@testable import Feeds

struct FeedDecoderTests {
    private let decoder = FeedDecoder()

    private var message: [UInt8] {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"))
        return scene.feeds(alerts: [.detour]).combined
    }

    @Test func `nothing at all is not a feed`() {
        #expect(throws: FeedDecodingError.undecodable(byteCount: 0)) { try decoder.decode([]) }
    }

    @Test func `a web page is not a feed`() {
        let page = Array("<html>404</html>".utf8)
        #expect(throws: FeedDecodingError.undecodable(byteCount: page.count)) {
            try decoder.decode(page)
        }
    }

    @Test func `the error says how much could not be read`() {
        #expect(
            FeedDecodingError.undecodable(byteCount: 3).description
                == "3 bytes are not a GTFS-Realtime FeedMessage"
        )
    }

    @Test func `an enum value of the future counts as absent`() throws {
        // header 2.0, one vehicle position with current_status 9
        let bytes: [UInt8] = [
            10, 5, 10, 3, 50, 46, 48, 18, 7, 10, 1, 49, 34, 2, 32, 9,
        ]
        let feed = try decoder.decode(bytes)
        #expect(feed.version == "2.0")
        #expect(feed.timestamp == nil)
        #expect(feed.vehicles.count == 1)
        #expect(feed.vehicles.first?.currentStatus == nil)
    }

    @Test func `a message cut anywhere is refused or read in part, never a crash`() {
        let whole = message
        for length in 0..<whole.count { _ = try? decoder.decode(Array(whole[..<length])) }
    }

    @Test(arguments: 0..<500) func `damaged bytes never crash`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bytes = message
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            bytes[Int.random(in: bytes.indices, using: &random)] = .random(
                in: 0...255, using: &random)
        }
        guard let feed = try? decoder.decode(bytes) else { return }
        #expect(feed.entities.count <= bytes.count)
        #expect((try? FeedText.text(of: bytes)) != nil)
        #expect((try? FeedJSON.json(of: bytes)) != nil)
    }
}
