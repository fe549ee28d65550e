import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A tiny web server that answers as it is told to and remembers what it was asked.
final class LoopbackFeed: Sendable {
    struct Answer: Sendable {
        var status = HTTPResponseStatus.ok
        var headers: HTTPHeaders = [:]
        var body: [UInt8] = []
        /// Whether the answer stops before its last byte.
        var isCut = false
    }

    private typealias Responder = @Sendable (HTTPRequestHead) -> Answer?

    private let listener: any Channel
    private let record: Record

    private init(_ listener: any Channel, _ record: Record) {
        self.listener = listener
        self.record = record
    }

    /// Host and port.
    var authority: String { "127.0.0.1:\(listener.localAddress?.port ?? 0)" }

    /// What was asked, in order of arrival.
    var requests: [HTTPRequestHead] { record.requests.withLock { $0 } }

    /// Answers from now on in another way; nil stands for silence.
    func answer(_ responder: @escaping @Sendable (HTTPRequestHead) -> Answer?) {
        record.responder.withLock { $0 = responder }
    }

    static func start(
        answer: @escaping @Sendable (HTTPRequestHead) -> Answer?
    ) async throws -> LoopbackFeed {
        let record = Record(answer)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(record))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return LoopbackFeed(listener, record)
    }

    func close() async { try? await listener.close() }

    private final class Record: Sendable {
        let requests = Mutex<[HTTPRequestHead]>([])
        let responder: Mutex<Responder>

        init(_ responder: @escaping Responder) { self.responder = Mutex(responder) }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let record: Record

        init(_ record: Record) { self.record = record }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .head(let head) = unwrapInboundIn(data) else { return }
            record.requests.withLock { $0.append(head) }
            guard let answer = record.responder.withLock({ $0 })(head) else { return }
            var headers = answer.headers
            let length = answer.body.count + (answer.isCut ? 1 : 0)
            headers.replaceOrAdd(name: "Content-Length", value: "\(length)")
            let start = HTTPResponseHead(
                version: .http1_1, status: answer.status, headers: headers)
            context.write(wrapOutboundOut(.head(start)), promise: nil)
            let body = OutboundOut.body(.byteBuffer(ByteBuffer(bytes: answer.body)))
            context.writeAndFlush(wrapOutboundOut(body), promise: nil)
            guard !answer.isCut else { return }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
