import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import Service

@Suite struct `A text message handler` {
    private let channel = EmbeddedChannel(handler: TextMessageHandler(side: .client))

    init() throws { try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait() }

    private func receive(_ opcode: WebSocketOpcode, _ bytes: [UInt8]) throws {
        try channel.writeInbound(WebSocketSide.server.frame(opcode, ByteBuffer(bytes: bytes)))
    }

    private func sent() throws -> WebSocketFrame? {
        try channel.readOutbound(as: WebSocketFrame.self)
    }

    @Test func `passes on texts and nothing else`() throws {
        try receive(.binary, [1, 2])
        try receive(.text, Array("halo".utf8))
        try receive(.pong, [])
        #expect(try channel.readInbound(as: String.self) == "halo")
        #expect(try channel.readInbound(as: String.self) == nil)
    }

    @Test func `answers a ping with the same bytes, masked`() throws {
        try receive(.ping, [4, 2])
        let pong = try #require(try sent())
        #expect(pong.opcode == .pong)
        #expect(pong.maskKey != nil)
        #expect(Array(buffer: pong.data) == [4, 2])
    }

    @Test func `returns a close with its code and closes`() throws {
        try receive(.connectionClose, [0x03, 0xE9, 0x62, 0x79, 0x65])
        let close = try #require(try sent())
        #expect(close.opcode == .connectionClose)
        #expect(Array(buffer: close.data) == [0x03, 0xE9])
        #expect(try sent() == nil)
        #expect(!channel.isActive)
    }

    @Test func `says goodbye once before it closes`() throws {
        try channel.close().wait()
        let close = try #require(try sent())
        #expect(close.opcode == .connectionClose)
        #expect(Array(buffer: close.data) == [0x03, 0xE8])
        #expect(try sent() == nil)
    }
}
