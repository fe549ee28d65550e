import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import Synchronization

/// A server of ours that speaks as the transport office's WebSocket does, on the loopback interface
/// only: for tests and for the simulated fleet.
///
/// Whoever sends `{"type":"subscribeAll"}` gets every broadcast until either side closes. A
/// subscriber that does not keep up misses frames rather than holding up the others.
public final class DishubServer: Sendable {
    private let listener: any Channel
    private let subscribers: SubscriberList
    private let port: Int

    private init(listener: any Channel, subscribers: SubscriberList, port: Int) {
        self.listener = listener
        self.subscribers = subscribers
        self.port = port
    }

    /// Starts to listen on a port of 127.0.0.1, by default one that is free.
    public static func start(port: Int = 0) async throws -> DishubServer {
        try await start(port: port, encryption: nil)
    }

    /// The same over TLS when given how to encrypt.
    static func start(
        port: Int = 0, encryption: NIOSSLContext?
    ) async throws -> DishubServer {
        let subscribers = SubscriberList()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let encryption {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLServerHandler(context: encryption))
                    }
                    try configure(channel, subscribers)
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        return DishubServer(
            listener: listener,
            subscribers: subscribers,
            port: listener.localAddress?.port ?? port
        )
    }

    /// Where to connect.
    public var url: String { "ws://127.0.0.1:\(port)" }

    /// How many have subscribed and are still there.
    public var subscriberCount: Int { subscribers.channels.count }

    /// Sends a text to every subscriber, in as many fragments as told.
    public func broadcast(_ text: String, fragments: Int = 1) {
        let frames = Self.frames(of: ByteBuffer(string: text), fragments: fragments)
        for channel in subscribers.channels where channel.isWritable {
            for frame in frames { channel.write(frame, promise: nil) }
            channel.flush()
        }
    }

    /// Sends one frame as it is to every subscriber, whatever the protocol says of it.
    func broadcast(frame: WebSocketFrame) {
        for channel in subscribers.channels { channel.writeAndFlush(frame, promise: nil) }
    }

    /// Closes every connection; new ones are taken as before.
    public func dropConnections() {
        for channel in subscribers.channels { channel.close(promise: nil) }
    }

    /// Closes every connection and stops to listen.
    public func close() async {
        try? await listener.close()
        dropConnections()
    }

    private static func frames(of message: ByteBuffer, fragments: Int) -> [WebSocketFrame] {
        var rest = message
        let size = (message.readableBytes + fragments - 1) / max(1, fragments)
        var frames: [WebSocketFrame] = []
        repeat {
            let piece = rest.readSlice(length: min(size, rest.readableBytes)) ?? ByteBuffer()
            frames.append(
                WebSocketSide.server.frame(
                    frames.isEmpty ? .text : .continuation,
                    piece,
                    isLast: rest.readableBytes == 0
                )
            )
        } while rest.readableBytes > 0
        return frames
    }

    private static func configure(_ channel: any Channel, _ subscribers: SubscriberList) throws {
        let upgrader = NIOTypedWebSocketServerUpgrader<Void>(
            enableAutomaticErrorHandling: false,
            shouldUpgrade: { channel, _ in
                channel.eventLoop.makeSucceededFuture(HTTPHeaders())
            },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    try WebSocketSide.server.configure(channel, largestMessage: 1 << 14)
                    try channel.pipeline.syncOperations.addHandler(
                        SubscriptionHandler(subscribers)
                    )
                }
            }
        )
        let upgrade = NIOTypedHTTPServerUpgradeConfiguration(
            upgraders: [upgrader],
            notUpgradingCompletionHandler: { $0.close() }
        )
        _ = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
            configuration: NIOUpgradableHTTPServerPipelineConfiguration(
                upgradeConfiguration: upgrade
            )
        )
    }
}

private final class SubscriberList: Sendable {
    private let members = Mutex<[ObjectIdentifier: any Channel]>([:])

    var channels: [any Channel] { members.withLock { Array($0.values) } }

    func add(_ channel: any Channel) {
        members.withLock { $0[ObjectIdentifier(channel)] = channel }
    }

    func remove(_ channel: any Channel) {
        members.withLock { $0[ObjectIdentifier(channel)] = nil }
    }
}

/// Notes who subscribes and who leaves.
private final class SubscriptionHandler: ChannelInboundHandler {
    typealias InboundIn = String

    private struct Request: Decodable {
        var type: String
    }

    private let subscribers: SubscriberList

    init(_ subscribers: SubscriberList) { self.subscribers = subscribers }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let text = Data(unwrapInboundIn(data).utf8)
        guard let request = try? JSONDecoder().decode(Request.self, from: text),
            request.type == "subscribeAll"
        else { return }
        subscribers.add(context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        subscribers.remove(context.channel)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
