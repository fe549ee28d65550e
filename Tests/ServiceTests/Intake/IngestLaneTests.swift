import Foundation
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOPosix
import Storage
import Synchronization
import Testing
import TransitModel

@testable import Service

/// The lane before the web framework, over real connections.
struct IngestLaneTests {
    /// A town that listens on a port of its own while `body` runs.
    private func listening(
        _ body: (Town, Line) async throws -> Void
    ) async throws {
        let town = try await Town.open()
        let opened = Opened()
        let intake = town.live.intake
        let http = HTTP1Channel.Configuration(additionalChannelHandlers: [LaneEntrance(intake)])
        let app = Application(
            router: PublicRoutes.router(
                live: town.live,
                configuration: ServiceConfiguration(gtfsPath: town.folder + "/gtfs")),
            server: .http1(configuration: http),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: {
                opened.port.withLock { [port = $0.localAddress?.port] in $0 = port }
            })
        try await alongside({ try? await app.run() }) {
            try await eventually("it listens") { opened.port.withLock { $0 } != nil }
            let line = try await Line.open(port: opened.port.withLock { $0 } ?? 0)
            try await body(town, line)
            try? await line.channel.close()
        }
    }

    private final class Opened: Sendable { let port = Mutex<Int?>(nil) }

    private func post(_ body: String, _ token: String, _ extra: String = "") -> String {
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n\(extra)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func `pings are acknowledged, and the connection stays`() async throws {
        try await listening { town, line in
            let token = try town.token(for: "TP-1")
            for second in 0..<3 {
                let ping = Town.ping(at: town.time.now - Double(second), longitude: 100.36)
                try await line.send(post(ping, token))
                let answer = try await line.answer()
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(answer.hasSuffix(#"{"accepted":1,"duplicate":0,"rejected":[]}"#))
                #expect(answer.contains("X-Content-Type-Options: nosniff"))
            }
            #expect(try town.live.stores.journal.pings(takenSince: Town.morning - 60).count == 3)
        }
    }

    @Test func `a request in single bytes is one request`() async throws {
        try await listening { town, line in
            let token = try town.token(for: "TP-1")
            for byte in post(Town.ping(at: town.time.now, longitude: 100.36), token).utf8 {
                try await line.send([byte])
            }
            #expect(try await line.answer().contains("200 OK"))
        }
    }

    @Test func `requests sent at once are answered in order`() async throws {
        try await listening { town, line in
            let token = try town.token(for: "TP-1")
            let ping = Town.ping(at: town.time.now, longitude: 100.36)
            let wrong = post(ping, "wrong")
            try await line.send(post(ping, token) + wrong + post(ping, token))
            #expect(try await line.answer().contains(#""accepted":1"#))
            #expect(try await line.answer().contains("401 Unauthorized"))
            #expect(try await line.answer().contains(#""duplicate":1"#))
        }
    }

    @Test func `what is not for the lane is answered by the framework`() async throws {
        try await listening { town, line in
            let token = try town.token(for: "TP-1")
            let ping = Town.ping(at: town.time.now, longitude: 100.36)
            try await line.send(post(ping, token) + "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await line.answer().contains(#""accepted":1"#))
            #expect(try await line.answer().hasPrefix("HTTP/1.1 200"))
            // From here on the framework takes pings, too.
            try await line.send(post(ping, token))
            #expect(try await line.answer().contains(#""duplicate":1"#))
        }
    }

    @Test func `chunked pings are taken`() async throws {
        try await listening { town, line in
            let token = try town.token(for: "TP-1")
            let ping = Town.ping(at: town.time.now, longitude: 100.36)
            try await line.send(
                "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "\(String(ping.utf8.count, radix: 16))\r\n\(ping)\r\n0\r\n\r\n")
            #expect(try await line.answer().contains(#""accepted":1"#))
        }
    }

    @Test func `a client that wants to go is answered and let go`() async throws {
        try await listening { town, line in
            let token = try town.token(for: "TP-1")
            let ping = Town.ping(at: town.time.now, longitude: 100.36)
            try await line.send(post(ping, token, "Connection: close\r\n"))
            #expect(try await line.answer().contains("Connection: close"))
            try await line.untilClosed()
        }
    }

    @Test func `a head without end is refused and cut off`() async throws {
        try await listening { _, line in
            try await line.send("POST /ingest/v1/pings HTTP/1.1\r\nX-Filler: ")
            try await line.send(Array(repeating: UInt8(ascii: "x"), count: 17 << 10))
            #expect(try await line.answer().contains("431 "))
            try await line.untilClosed()
        }
    }

    @Test func `a body beyond the limit is refused`() async throws {
        try await listening { town, line in
            let token = try town.token(for: "TP-1")
            try await line.send(
                "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n"
                    + "Content-Length: 2000000\r\n\r\n")
            try await line.send(Array(repeating: UInt8(ascii: " "), count: 1_100_000))
            #expect(try await line.answer().contains("413 "))
        }
    }

    @Test func `a phone gives its token as its name`() async throws {
        try await listening { town, line in
            let token = try town.token(for: "TP-1")
            try await line.send(
                "GET /ingest/osmand?id=\(token)&lat=-0.95&lon=100.36&timestamp="
                    + "\(town.time.now.unix)&speed=10 HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await line.answer().contains("200 OK"))
            let kept = try town.live.stores.journal.pings(takenSince: Town.morning - 60)
            #expect(kept.map(\.vehicleID) == ["TP-1"])
            #expect(abs((kept.first?.speed ?? 0) - 5.144) < 0.001)
        }
    }
}

/// A connection that speaks HTTP by hand.
private final class Line: Sendable {
    let channel: any Channel
    private let inbox: Inbox

    private init(_ channel: any Channel, _ inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    static func open(port: Int) async throws -> Line {
        let inbox = Inbox()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(inbox))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return Line(channel, inbox)
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        try? await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// The next answer, head and body.
    func answer() async throws -> String {
        try await eventually("an answer comes") { inbox.hasAnswer }
        return inbox.takeAnswer()
    }

    func untilClosed() async throws {
        try await eventually("the connection is closed") { inbox.isClosed }
    }

    final class Inbox: Sendable {
        private let state = Mutex<(text: String, isClosed: Bool)>(("", false))

        var isClosed: Bool { state.withLock { $0.isClosed } }
        var hasAnswer: Bool { state.withLock { Self.end(of: $0.text) != nil } }

        func add(_ text: String) { state.withLock { $0.text += text } }
        func close() { state.withLock { $0.isClosed = true } }

        func takeAnswer() -> String {
            state.withLock { state in
                guard let end = Self.end(of: state.text) else { return "" }
                defer { state.text.removeSubrange(..<end) }
                return String(state.text[..<end])
            }
        }

        private static func end(of text: String) -> String.Index? {
            guard let head = text.range(of: "\r\n\r\n"),
                let field = text[..<head.lowerBound].range(
                    of: "content-length: ", options: .caseInsensitive)
            else { return nil }
            let length = Int(text[field.upperBound...].prefix { $0.isNumber }) ?? 0
            return text.utf8.index(
                head.upperBound, offsetBy: length, limitedBy: text.utf8.endIndex)
        }
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let inbox: Inbox

        init(_ inbox: Inbox) { self.inbox = inbox }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            inbox.add(String(buffer: unwrapInboundIn(data)))
        }

        func channelInactive(context: ChannelHandlerContext) { inbox.close() }
    }
}
