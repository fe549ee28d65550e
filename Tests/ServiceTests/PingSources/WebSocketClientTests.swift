import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import Testing

@testable import Service

@Suite(.timeLimit(.minutes(5))) struct `A WebSocket client` {
    private let client = WebSocketClient()

    /// Connects and subscribes, lets the server act, and returns the messages until it closes.
    private func messages(
        _ client: WebSocketClient = WebSocketClient(),
        count: Int = .max,
        when act: @escaping @Sendable (DishubServer) -> Void
    ) async throws -> [String] {
        let server = try await DishubServer.start()
        let address = try WebSocketAddress(server.url)
        let messages = try await client.withConnection(to: address) { connection in
            try await connection.send(#"{"type":"subscribeAll"}"#)
            try await eventually("a subscriber") { server.subscriberCount == 1 }
            act(server)
            var messages: [String] = []
            for try await message in connection.messages {
                messages.append(message)
                if messages.count == count { break }
            }
            return messages
        }
        try await eventually("the subscriber is gone") { server.subscriberCount == 0 }
        await server.close()
        return messages
    }

    @Test func `receives texts in order`() async throws {
        let texts = (0..<200).map { "pesan \($0) ✓" }
        let received = try await messages(count: 200) { server in
            for text in texts { server.broadcast(text) }
        }
        #expect(received == texts)
    }

    @Test(arguments: [2, 5, 100]) func `joins fragments`(count: Int) async throws {
        let text = String(repeating: "koridor é ", count: 20)
        let received = try await messages(count: 2) { server in
            server.broadcast(text, fragments: count)
            server.broadcast("next")
        }
        #expect(received == [text, "next"])
    }

    @Test func `takes messages of megabytes but not beyond the limit`() async throws {
        let large = String(repeating: "x", count: 4 << 20)
        #expect(try await messages(count: 1) { $0.broadcast(large) } == [large])
        await #expect(throws: NIOWebSocketError.invalidFrameLength) {
            try await messages { $0.broadcast(large + "x") }
        }
        await #expect(throws: NIOWebSocketFrameAggregator.Error.accumulatedFrameSizeIsTooLarge) {
            try await messages(WebSocketClient(largestMessage: 100)) {
                $0.broadcast(String(repeating: "x", count: 101), fragments: 3)
            }
        }
    }

    @Test func `the messages end when the server closes`() async throws {
        let received = try await messages { server in
            server.broadcast("last")
            server.dropConnections()
        }
        #expect(received == ["last"])
    }

    @Test func `a frame that breaks the protocol breaks the connection`() async throws {
        await #expect(throws: (any Error).self) {
            try await messages { server in
                server.broadcast(
                    frame: WebSocketFrame(fin: true, opcode: .continuation, data: ByteBuffer())
                )
            }
        }
    }

    @Test func `cancelling ends the messages and closes`() async throws {
        let server = try await DishubServer.start()
        let address = try WebSocketAddress(server.url)
        let task = Task {
            try await client.withConnection(to: address) { connection in
                try await connection.send(#"{"type":"subscribeAll"}"#)
                for try await _ in connection.messages {}
            }
        }
        try await eventually("a subscriber") { server.subscriberCount == 1 }
        task.cancel()
        _ = await task.result
        try await eventually("the subscriber is gone") { server.subscriberCount == 0 }
        await server.close()
    }

    @Test func `cancelling at any moment of the opening is clean`() async throws {
        let server = try await DishubServer.start()
        let address = try WebSocketAddress(server.url)
        for attempt in 0..<200 {
            let task = Task {
                try await client.withConnection(to: address) { connection in
                    try await connection.send(#"{"type":"subscribeAll"}"#)
                }
            }
            try await Task.sleep(for: .microseconds(attempt * 10))
            task.cancel()
            _ = await task.result
        }
        try await eventually("nobody is left") { server.subscriberCount == 0 }
        await server.close()
    }

    @Test func `a closed port is unreachable`() async throws {
        let server = try await DishubServer.start()
        let address = try WebSocketAddress(server.url)
        await server.close()
        let fault = await #expect(throws: WebSocketFault.self) {
            try await client.withConnection(to: address) { _ in }
        }
        #expect(
            fault?.description == "\(address) cannot be reached: Connection refused")
    }

    @Test(.enabled(if: Certificate.canBeMade)) func `speaks TLS`() async throws {
        let certificate = try Certificate()
        let server = try await DishubServer.start(encryption: certificate.server)
        let port = try WebSocketAddress(server.url).port
        let address = try WebSocketAddress("wss://localhost:\(port)")
        let client = WebSocketClient(trust: .certificates([certificate.root]))
        let received = try await client.withConnection(to: address) { connection in
            try await connection.send(#"{"type":"subscribeAll"}"#)
            try await eventually("a subscriber") { server.subscriberCount == 1 }
            server.broadcast("halo")
            return try await connection.messages.first { _ in true }
        }
        #expect(received == "halo")
        try await eventually("the subscriber is gone") { server.subscriberCount == 0 }
        let fault = await #expect(throws: WebSocketFault.self) {
            try await WebSocketClient().withConnection(to: address) { _ in }
        }
        #expect(fault?.description.contains("CERTIFICATE_VERIFY_FAILED") == true)
        await server.close()
    }

    @Test func `a server that does not encrypt is no wss server`() async throws {
        let server = try await DishubServer.start()
        let port = try WebSocketAddress(server.url).port
        let address = try WebSocketAddress("wss://127.0.0.1:\(port)")
        await #expect(throws: WebSocketFault.self) {
            try await client.withConnection(to: address) { _ in }
        }
        await server.close()
    }

    @Test func `a server that speaks no WebSocket is refused`() async throws {
        let web = try await LoopbackIngest.start { _ in .ok }
        let address = try WebSocketAddress("ws" + web.url.dropFirst("http".count))
        await #expect(throws: WebSocketFault.refused(address)) {
            try await client.withConnection(to: address) { _ in }
        }
        await web.close()
    }

    @Test func `a server that never answers is given up, and sooner when cancelled`() async throws {
        let mute = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(mute.localAddress?.port)
        let address = try WebSocketAddress("ws://127.0.0.1:\(port)")
        await #expect(throws: WebSocketFault.timedOut(address)) {
            try await WebSocketClient(timeout: .milliseconds(50))
                .withConnection(to: address) { _ in }
        }
        let task = Task { try await client.withConnection(to: address) { _ in } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await mute.close()
    }
}
