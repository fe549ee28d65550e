import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// A small WebSocket client (RFC 6455) for text messages over TCP or TLS.
///
/// It answers pings, joins fragments and closes politely. How long a connection may be silent is
/// for its user to say.
struct WebSocketClient: Sendable {
    private let timeout: Duration
    private let largestMessage: Int
    private let trust: NIOSSLTrustRoots
    private let eventLoops = MultiThreadedEventLoopGroup.singleton

    /// - Parameters:
    ///   - timeout: Until a connection must stand, with encryption and agreement.
    ///   - largestMessage: Bytes of a message; a longer one breaks the connection.
    ///   - trust: Who may vouch for the certificate of an encrypted server.
    init(
        timeout: Duration = .seconds(10), largestMessage: Int = 4 << 20,
        trust: NIOSSLTrustRoots = .default
    ) {
        self.timeout = timeout
        self.largestMessage = largestMessage
        self.trust = trust
    }

    /// Opens a connection for as long as `body` runs, and closes it however that ends.
    ///
    /// Cancellation ends the opening and the messages alike. What goes wrong before `body` begins
    /// is a ``WebSocketFault``.
    func withConnection<Result: Sendable>(
        to address: WebSocketAddress,
        _ body: @Sendable (WebSocketConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await open(address)
        return try await channel.executeThenClose { inbound, outbound in
            try await body(WebSocketConnection(messages: inbound, writer: outbound))
        }
    }
}

/// An open WebSocket, seen from the client.
struct WebSocketConnection: Sendable {
    /// The text messages that come in, until either side closes; to be read once.
    let messages: NIOAsyncChannelInboundStream<String>
    fileprivate let writer: NIOAsyncChannelOutboundWriter<WebSocketFrame>

    /// Sends a text message.
    func send(_ text: String) async throws {
        try await writer.write(WebSocketSide.client.frame(.text, ByteBuffer(string: text)))
    }
}

extension WebSocketClient {
    private typealias MessageChannel = NIOAsyncChannel<String, WebSocketFrame>

    /// Looking a name up and shaking hands cannot be cancelled, so they run on their own and what
    /// they come to is let go when nobody waits for it any more.
    private func open(_ address: WebSocketAddress) async throws -> MessageChannel {
        let loop = eventLoops.next()
        let outcome = loop.makePromise(of: MessageChannel.self)
        let deadline = loop.scheduleTask(in: TimeAmount(timeout)) {
            outcome.fail(WebSocketFault.timedOut(address))
        }
        let abandoned = outcome.futureResult.map { _ in }
        let attempt = loop.makeFutureWithTask {
            try await dial(address, unless: abandoned)
        }
        attempt.cascade(to: outcome)
        outcome.futureResult.whenFailure { _ in attempt.whenSuccess(Self.discard) }
        defer { deadline.cancel() }
        return try await withTaskCancellationHandler {
            try await outcome.futureResult.get()
        } onCancel: {
            outcome.fail(CancellationError())
        }
    }

    private static func discard(_ channel: MessageChannel) {
        Task { try? await channel.executeThenClose { _, _ in } }
    }

    private func dial(
        _ address: WebSocketAddress,
        unless abandoned: EventLoopFuture<Void>
    ) async throws -> MessageChannel {
        let agreement: EventLoopFuture<MessageChannel?>
        do {
            let encryption = address.isSecure ? try encryption() : nil
            agreement = try await ClientBootstrap(group: eventLoops)
                .connectTimeout(TimeAmount(timeout))
                .connect(host: address.host, port: address.port) { channel in
                    abandoned.whenFailure { _ in channel.close(promise: nil) }
                    return channel.eventLoop.makeCompletedFuture {
                        try prepare(channel, for: address, encryption: encryption)
                    }
                }
        } catch {
            throw WebSocketFault.unreachable(address, reason: networkReason(error))
        }
        return try await agreed(agreement, with: address)
    }

    private func encryption() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = trust
        return try NIOSSLContext(configuration: configuration)
    }

    private func agreed(
        _ agreement: EventLoopFuture<MessageChannel?>,
        with address: WebSocketAddress
    ) async throws -> MessageChannel {
        do {
            guard let channel = try await agreement.get() else {
                throw WebSocketFault.refused(address)
            }
            return channel
        } catch let fault as NIOSSLError {
            throw WebSocketFault.unreachable(address, reason: "\(fault)")
        } catch is HTTPParserError, is ChannelError {
            throw WebSocketFault.refused(address)
        }
    }

    private func prepare(
        _ channel: any Channel,
        for address: WebSocketAddress,
        encryption: NIOSSLContext?
    ) throws -> EventLoopFuture<MessageChannel?> {
        if let encryption {
            let isNumber = (try? SocketAddress(ipAddress: address.host, port: 0)) != nil
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLClientHandler(
                    context: encryption,
                    serverHostname: isNumber ? nil : address.host
                )
            )
        }
        var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
            upgradeConfiguration: upgrade(to: address)
        )
        configuration.leftOverBytesStrategy = .forwardBytes
        return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
            configuration: configuration
        )
    }

    private func upgrade(
        to address: WebSocketAddress
    ) -> NIOTypedHTTPClientUpgradeConfiguration<MessageChannel?> {
        let upgrader = NIOTypedWebSocketClientUpgrader<MessageChannel?>(
            maxFrameSize: largestMessage,
            enableAutomaticErrorHandling: false
        ) { channel, _ in
            channel.eventLoop.makeCompletedFuture {
                try WebSocketSide.client.configure(channel, largestMessage: largestMessage)
                return try MessageChannel(wrappingChannelSynchronously: channel)
            }
        }
        let request = HTTPRequestHead(
            version: .http1_1,
            method: .GET,
            uri: address.path,
            headers: ["Host": address.authority, "User-Agent": "transpadang"]
        )
        return NIOTypedHTTPClientUpgradeConfiguration(
            upgradeRequestHead: request,
            upgraders: [upgrader],
            notUpgradingCompletionHandler: { channel in
                channel.close().map { nil }
            }
        )
    }
}
