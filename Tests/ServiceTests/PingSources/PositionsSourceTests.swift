import Ingestion
import NIOHTTP1
import Synchronization
import Testing
import TransitModel

@testable import Service

@Suite(.timeLimit(.minutes(5))) struct `A source of vehicle positions` {
    private typealias Answer = LoopbackFeed.Answer

    private static let arrival = Timestamp(unix: 1_782_087_273)

    private let book = LogBook()
    private let collector = PingCollector()

    /// A feed as Google's bindings write it: version 2.0, and bus 46 at -0.9/100.4 at a second.
    private static func feed(at second: UInt8 = 0xE1) -> [UInt8] {
        [0x0A, 0x05, 0x0A, 0x03, 0x32, 0x2E, 0x30]
            + [0x12, 0x1D, 0x0A, 0x01, 0x61, 0x22, 0x18]
            + [0x12, 0x0A, 0x0D, 0x66, 0x66, 0x66, 0xBF, 0x15, 0xCD, 0xCC, 0xC8, 0x42]
            + [0x28, second, 0xFC, 0xE1, 0xD1, 0x06, 0x42, 0x04, 0x0A, 0x02, 0x34, 0x36]
    }

    private func settings(_ change: (inout PositionsSource.Settings) -> Void = { _ in })
        -> PositionsSource.Settings
    {
        var settings = PositionsSource.Settings()
        settings.interval = .milliseconds(5)
        settings.backoff = Backoff(bounds: 0.001...0.002)
        change(&settings)
        return settings
    }

    private func source(_ url: String, _ settings: PositionsSource.Settings) throws
        -> PositionsSource
    {
        try PositionsSource(
            url: url, settings: settings, now: { Self.arrival }, logger: book.logger)
    }

    /// Polls a server that answers so until the body is through.
    private func polling(
        _ settings: PositionsSource.Settings? = nil, into collector: PingCollector? = nil,
        path: String = "/vehicles.pb", user: String = "",
        answer: @escaping @Sendable (HTTPRequestHead) -> LoopbackFeed.Answer?,
        _ body: (LoopbackFeed, PositionsSource) async throws -> Void
    ) async throws {
        let server = try await LoopbackFeed.start(answer: answer)
        let source = try source(
            "http://\(user)\(server.authority)\(path)", settings ?? self.settings())
        let collector = collector ?? self.collector
        try await alongside {
            try await source.run { try collector.take($0) }
        } _: {
            try await body(server, source)
        }
        #expect(!source.figures.isConnected)
        await server.close()
    }

    @Test func `hands over what the feed holds, and each vehicle and time once`() async throws {
        try await polling { _ in
            Answer(body: Self.feed())
        } _: { server, source in
            try await eventually("three answers") { source.figures.messages >= 3 }
            #expect(source.figures.pings == 1)
            #expect(source.figures.isConnected)
            #expect(source.figures.connections == 1)
            #expect(source.figures.notices["repeated", default: 0] >= 2)
            server.answer { _ in Answer(body: Self.feed(at: 0xE2)) }
            try await eventually("the next fix") { collector.pings.count == 2 }
        }
        #expect(collector.pings.map(\.vehicleID) == ["46", "46"])
        #expect(collector.pings.map { Self.arrival - $0.timestamp } == [8, 7])
        #expect(collector.pings.allSatisfy { $0.receivedAt == Self.arrival })
        #expect(book.lines == [])
    }

    @Test func `asks only for what has changed`() async throws {
        try await polling { request in
            let isKnown =
                request.headers["If-None-Match"] == ["\"a\""]
                && request.headers["If-Modified-Since"] == ["Mon, 22 Jun 2026 00:14:30 GMT"]
            return isKnown
                ? Answer(status: .notModified)
                : Answer(
                    headers: ["ETag": "\"a\"", "Last-Modified": "Mon, 22 Jun 2026 00:14:30 GMT"],
                    body: Self.feed())
        } _: { server, source in
            try await eventually("four requests") { server.requests.count >= 4 }
            #expect(source.figures.messages == 1)
            #expect(source.figures.isConnected)
        }
        #expect(collector.pings.count == 1)
    }

    @Test func `what is unused is asked for anew`() async throws {
        let collector = PingCollector(failing: 2)
        try await polling(into: collector) { request in
            request.headers.contains(name: "If-None-Match")
                ? Answer(status: .notModified)
                : Answer(headers: ["ETag": "\"a\""], body: Self.feed())
        } _: { _, source in
            try await eventually("the ping") { collector.pings.count == 1 }
            #expect(source.figures.faults == ["unkept": 2])
            #expect(source.figures.lostPings == 0)
        }
        #expect(book.lines.count { $0.contains("could not be kept") } == 1)
    }

    @Test func `takes gzip, which it asks for`() async throws {
        let small = try Gzip.deflate(Self.feed())
        try await polling { request in
            request.headers["Accept-Encoding"] == ["gzip"]
                ? Answer(headers: ["Content-Encoding": "gzip"], body: small)
                : Answer(status: .notAcceptable)
        } _: { _, _ in
            try await eventually("the ping") { collector.pings.count == 1 }
        }
    }

    @Test func `a feed beyond the limit is refused, small as its gzip may be`() async throws {
        let settings = settings { $0.largestFeed = 1000 }
        let bomb = try Gzip.deflate([UInt8](repeating: 0, count: 1_000_000), level: 9)
        try await polling(settings) { _ in
            Answer(body: [UInt8](repeating: 0, count: 1001))
        } _: { server, source in
            try await eventually("a fault") {
                source.figures.faults["unreadable", default: 0] > 1
            }
            server.answer { _ in Answer(body: Array(bomb.prefix(999))) }
            let before = source.figures.faults["unreadable", default: 0]
            try await eventually("another") {
                source.figures.faults["unreadable", default: 0] > before + 1
            }
            #expect(source.figures.pings == 0)
        }
    }

    @Test(arguments: [
        (HTTPResponseStatus.unauthorized, "give the key"), (.notFound, "check the URL"),
        (.movedPermanently, "new URL"), (.internalServerError, "answers 500"),
    ])
    func `another status is told once and asked again`(
        status: HTTPResponseStatus, advice: String
    ) async throws {
        try await polling { _ in
            Answer(status: status, headers: ["Location": "/elsewhere"])
        } _: { server, source in
            try await eventually("three failures") { source.figures.faults["refused"] ?? 0 > 2 }
            server.answer { _ in Answer(body: Self.feed()) }
            try await eventually("the ping") { collector.pings.count == 1 }
            #expect(server.requests.allSatisfy { $0.uri == "/vehicles.pb" })
        }
        #expect(book.lines.count == 1)
        #expect(book.lines.first?.contains(advice) == true, "\(book.lines)")
    }

    @Test func `a page instead of a feed is told once`() async throws {
        try await polling { _ in
            Answer(body: Array("<html>busy</html>".utf8))
        } _: { _, source in
            try await eventually("failures") { source.figures.faults["unreadable"] ?? 0 > 2 }
        }
        #expect(book.lines.count == 1)
        #expect(book.lines.first?.contains("no GTFS-Realtime feed") == true)
    }

    @Test(arguments: [true, false])
    func `a server that keeps us waiting is left`(isCut: Bool) async throws {
        try await polling(settings { $0.timeout = .milliseconds(50) }) { _ in
            isCut ? Answer(body: Self.feed(), isCut: true) : nil
        } _: { _, source in
            try await eventually("two failures") {
                source.figures.faults["unreachable", default: 0] > 1
            }
        }
        #expect(collector.pings == [])
    }

    @Test func `waits for a server that is not there`() async throws {
        let server = try await LoopbackFeed.start { _ in nil }
        let authority = server.authority
        await server.close()
        let source = try source("http://\(authority)/", settings())
        try await alongside {
            try await source.run { _ in }
        } _: {
            try await eventually("failures") { source.figures.faults["unreachable"] ?? 0 > 2 }
        }
        #expect(book.lines.count == 1)
        #expect(book.lines.first?.contains("Connection refused") == true, "\(book.lines)")
    }

    @Test func `what cannot be used is counted, and logged once`() async throws {
        let nameless: [UInt8] = [0x12, 0x04, 0x22, 0x02, 0x12, 0x00]
        try await polling { _ in
            Answer(body: Self.feed() + nameless)
        } _: { _, source in
            try await eventually("three answers") { source.figures.messages >= 3 }
            #expect(source.figures.notices["missing", default: 0] >= 2)
        }
        #expect(book.lines.count == 1)
        #expect(book.lines.first?.contains("vehicle.id is missing") == true)
    }

    @Test func `keys go to the server and nowhere else`() async throws {
        let settings = settings { $0.header = .init(name: "x-api-key", value: "hush") }
        try await polling(settings, path: "/v.pb?key=quiet", user: "me:secret@") { request in
            Answer(status: request.headers["x-api-key"] == ["hush"] ? .forbidden : .ok)
        } _: { server, source in
            try await eventually("a failure") { source.figures.faults["refused"] ?? 0 > 0 }
            #expect(server.requests.first?.uri == "/v.pb?key=quiet")
            #expect(server.requests.first?.headers["Authorization"] == ["Basic bWU6c2VjcmV0"])
        }
        let log = book.lines.joined()
        #expect(!log.isEmpty)
        for word in ["hush", "quiet", "secret", "bWU6c2VjcmV0"] { #expect(!log.contains(word)) }
    }

    @Test func `cancelling ends a pause at once`() async throws {
        let settings = settings { $0.interval = .seconds(1000) }
        try await polling(settings) { _ in
            Answer(body: Self.feed())
        } _: { _, _ in
            try await eventually("the ping") { collector.pings.count == 1 }
        }
    }

    @Test(arguments: ["", "ftp://a.example/v.pb", "https://", "a.example/v.pb"])
    func `a text that is no address is refused when the source is made`(url: String) {
        #expect(throws: ServiceFault.self) { try source(url, settings()) }
    }
}
