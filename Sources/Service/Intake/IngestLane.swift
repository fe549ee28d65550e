import Hummingbird
import NIOCore

/// The short way for trackers' requests: takes them off the wire before the web framework sees them,
/// and leaves a connection to the framework at the first request of another kind.
///
/// The framework takes several times as long for a request as the journal does for its pings. The
/// requests of a connection are answered one after the other. The lane also cuts connections on which
/// nothing has been answered for long, be it by itself or by the framework.
final class IngestLane: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// How long a connection may go without an answer.
    static let patience = TimeAmount.seconds(75)
    /// How long a request may take to come whole.
    static let slowestRequest = TimeAmount.seconds(30)

    private enum State {
        /// Between requests, or while one comes in.
        case listening
        /// The pings of a request are on their way to the disk.
        case answering
        /// The framework has taken over.
        case left
        /// Nothing more is read.
        case closing
    }

    private let intake: PingIntake
    private var context: ChannelHandlerContext?
    /// Where the answers to this connection are put, and how they find it.
    private var desk: AnswerRelay.Desk?
    private var place: NIOLoopBound<IngestLane>?
    private var state = State.listening
    private var received = ByteBuffer()
    /// The head of the request whose body is coming in.
    private var head: LaneHead?
    private var isReadHeld = false
    /// Where the connection comes from, as text.
    private var address: String?
    private var closesAfterAnswer = false
    private var answeredAt = NIODeadline.now()
    private var deadline: Scheduled<Void>?
    private var watch: Scheduled<Void>?

    init(_ intake: PingIntake) { self.intake = intake }

    func handlerAdded(context: ChannelHandlerContext) {
        // A request comes in one piece, so a second look for more would be in vain nearly always.
        context.channel.setOption(.maxMessagesPerRead, value: 1).whenFailure { _ in }
        self.context = context
        desk = intake.relay.desk(of: context.eventLoop)
        place = NIOLoopBound(self, eventLoop: context.eventLoop)
        watch(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopWatching()
        self.context = nil
        place = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopWatching()
        state = .closing
        context.fireChannelInactive()
    }

    // MARK: - Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .left: context.fireChannelRead(data)
        case .closing: break
        case .listening, .answering:
            var more = unwrapInboundIn(data)
            received.writeBuffer(&more)
            listen(context)
        }
    }

    /// What is behind the lane has nothing to do while the lane keeps everything to itself.
    func channelReadComplete(context: ChannelHandlerContext) {
        if state == .left { context.fireChannelReadComplete() }
    }

    /// Reads no further while a request is being answered and more than enough has come already.
    ///
    /// So nobody can fill the memory. Holding back every time would cost two calls of the system.
    func read(context: ChannelHandlerContext) {
        if state == .answering, received.readableBytes > LaneHead.longest {
            isReadHeld = true
        } else {
            context.read()
        }
    }

    private func listen(_ context: ChannelHandlerContext) {
        guard state == .listening, received.readableBytes > 0 else { return }
        if head == nil {
            switch received.withUnsafeReadableBytes(LaneHead.read) {
            case .head(let head): self.head = head
            case .incomplete: return awaitMore(context)
            case .other: return leave(context)
            case .tooLong: return refuse(.headTooLarge)
            }
        }
        guard let head, received.readableBytes >= head.length + head.bodyLength else {
            return awaitMore(context)
        }
        take(head, context)
    }

    private func take(_ head: LaneHead, _ context: ChannelHandlerContext) {
        self.head = nil
        deadline?.cancel()
        deadline = nil
        received.moveReaderIndex(forwardBy: head.length)
        let body = received.readBytes(length: head.bodyLength) ?? []
        received.discardReadBytes()
        state = .answering
        if head.isLast { closesAfterAnswer = true }
        if address == nil { address = context.remoteAddress?.ipAddress }
        guard let desk, let place else { return }
        intake.take(head.request(body, from: address)) { desk.put($0, for: place) }
        desk.afterThisTurn(intake.begin)
    }

    /// Hands everything over to the framework, for good.
    private func leave(_ context: ChannelHandlerContext) {
        state = .left
        deadline?.cancel()
        let rest = received
        received = ByteBuffer()
        context.fireChannelRead(wrapInboundOut(rest))
        context.fireChannelReadComplete()
    }

    // MARK: - Answering

    /// Sends the answer to the request at hand, unless the connection has ended meanwhile.
    func send(_ answer: IngestAnswer) {
        guard state == .answering, let context else { return }
        answeredAt = .now()
        var bytes = context.channel.allocator.buffer(capacity: 256 + answer.body.count)
        answer.write(to: &bytes, isLast: closesAfterAnswer)
        context.writeAndFlush(wrapOutboundOut(.byteBuffer(bytes)), promise: nil)
        guard !closesAfterAnswer else { return close(context) }
        state = .listening
        listen(context)
        if isReadHeld, state != .answering {
            isReadHeld = false
            context.read()
        }
    }

    private func refuse(_ refusal: Refusal) {
        state = .answering
        closesAfterAnswer = true
        send(IngestAnswer(refusal))
    }

    private func close(_ context: ChannelHandlerContext) {
        state = .closing
        context.close(promise: nil)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        answeredAt = .now()
        context.write(data, promise: promise)
    }

    // MARK: - Ends

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        let isEnd =
            event is ChannelShouldQuiesceEvent || event as? ChannelEvent == .inputClosed
        guard isEnd, state != .left else { return context.fireUserInboundEventTriggered(event) }
        if state == .answering {
            closesAfterAnswer = true
        } else {
            close(context)
        }
    }

    /// A request has begun to come in.
    private func awaitMore(_ context: ChannelHandlerContext) {
        guard deadline == nil else { return }
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: Self.slowestRequest) {
            if self.state == .listening { self.close(context) }
        }
    }

    private func watch(_ context: ChannelHandlerContext) {
        let due = answeredAt + Self.patience
        watch = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
            if self.answeredAt + Self.patience > .now() || self.state == .answering {
                self.watch(context)
            } else {
                self.close(context)
            }
        }
    }

    private func stopWatching() {
        deadline?.cancel()
        watch?.cancel()
    }
}

/// Puts a lane before everything else on a connection.
final class LaneEntrance: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let intake: PingIntake

    init(_ intake: PingIntake) { self.intake = intake }

    func handlerAdded(context: ChannelHandlerContext) {
        try? context.pipeline.syncOperations.addHandler(IngestLane(intake), position: .first)
    }
}

extension LaneHead {
    fileprivate func request(_ body: [UInt8], from address: String?) -> IngestRequest {
        IngestRequest(
            form: form, method: method, target: target, body: body, credentials: credentials,
            address: address)
    }
}

extension Refusal {
    fileprivate static var headTooLarge: Refusal {
        Refusal(
            .requestHeaderFieldsTooLarge,
            "the request's head is longer than \(LaneHead.longest) bytes: send fewer headers")
    }
}
