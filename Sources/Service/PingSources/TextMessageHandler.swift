import NIOCore
import NIOWebSocket

/// Turns the frames of a WebSocket into its text messages, and keeps the protocol's manners
/// (RFC 6455, section 5.5): a ping is answered at once, a close is returned, and no connection is
/// closed from here without a close frame.
///
/// Frames must come whole, from an aggregator before it. Binary messages are passed over.
final class TextMessageHandler: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = String
    typealias OutboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let side: WebSocketSide
    private var hasSentClose = false

    init(side: WebSocketSide) { self.side = side }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text: context.fireChannelRead(wrapInboundOut(String(buffer: frame.unmaskedData)))
        case .ping: send(.pong, frame.unmaskedData, in: context)
        case .connectionClose:
            var reason = frame.unmaskedData
            sendClose(reason.readSlice(length: 2) ?? ByteBuffer(), in: context)
            context.close(promise: nil)
        default: break
        }
    }

    /// What breaks the protocol ends the connection, and the reader learns why before it ends.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.fireErrorCaught(error)
        guard context.channel.isActive else { return }
        let isTooLarge = (error as? NIOWebSocketError) == .invalidFrameLength
        sendClose(isTooLarge ? .messageTooLarge : .protocolError, in: context)
        context.close(promise: nil)
    }

    func close(
        context: ChannelHandlerContext,
        mode: CloseMode,
        promise: EventLoopPromise<Void>?
    ) {
        if mode == .all, context.channel.isActive {
            sendClose(.normalClosure, in: context)
        }
        context.close(mode: mode, promise: promise)
    }

    private func sendClose(_ code: WebSocketErrorCode, in context: ChannelHandlerContext) {
        var reason = ByteBuffer()
        reason.write(webSocketErrorCode: code)
        sendClose(reason, in: context)
    }

    private func sendClose(_ reason: ByteBuffer, in context: ChannelHandlerContext) {
        guard !hasSentClose else { return }
        hasSentClose = true
        send(.connectionClose, reason, in: context)
    }

    private func send(
        _ opcode: WebSocketOpcode,
        _ payload: ByteBuffer,
        in context: ChannelHandlerContext
    ) {
        let frame = side.frame(opcode, payload)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }
}

/// The two ends of a WebSocket, of which only the client masks what it sends.
enum WebSocketSide: Sendable {
    case client, server

    func frame(
        _ opcode: WebSocketOpcode,
        _ payload: ByteBuffer,
        isLast: Bool = true
    ) -> WebSocketFrame {
        WebSocketFrame(
            fin: isLast,
            opcode: opcode,
            maskKey: self == .client ? .random() : nil,
            data: payload
        )
    }

    /// Puts what every WebSocket of ours needs behind the frame codec.
    func configure(_ channel: any Channel, largestMessage: Int) throws {
        try channel.pipeline.syncOperations.addHandlers([
            NIOWebSocketFrameAggregator(
                minNonFinalFragmentSize: 0,
                maxAccumulatedFrameCount: 4096,
                maxAccumulatedFrameSize: largestMessage
            ),
            TextMessageHandler(side: self),
        ])
    }
}
