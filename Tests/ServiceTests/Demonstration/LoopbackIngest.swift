import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A tiny web server that takes pings as the service would, and answers as it is told to.
final class LoopbackIngest: Sendable {
    struct Report: Decodable, Hashable, Sendable {
        var vehicleId: String
        var timestamp: Double
        var latitude: Double
        var longitude: Double
        var routeId: String?
    }

    struct Post: Sendable {
        var path: String
        var authorization: String?
        var reports: [Report]
        var answer: HTTPResponseStatus
    }

    let url: String
    private let listener: any Channel
    private let record: Record

    private init(_ listener: any Channel, _ record: Record) {
        self.listener = listener
        self.record = record
        url = "http://127.0.0.1:\(listener.localAddress?.port ?? 0)"
    }

    /// What was posted, in order of arrival.
    var posts: [Post] { record.posts.withLock { $0 } }

    /// How many connections were opened.
    var connections: Int { record.connections.withLock { $0 } }

    static func start(
        answer: @escaping @Sendable (_ number: Int) -> HTTPResponseStatus
    ) async throws -> LoopbackIngest {
        let record = Record(answer)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                record.connections.withLock { $0 += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(record))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return LoopbackIngest(listener, record)
    }

    func close() async { try? await listener.close() }

    private final class Record: Sendable {
        let posts = Mutex<[Post]>([])
        let connections = Mutex(0)
        let answer: @Sendable (Int) -> HTTPResponseStatus

        init(_ answer: @escaping @Sendable (Int) -> HTTPResponseStatus) { self.answer = answer }

        func take(_ head: HTTPRequestHead, _ body: ByteBuffer) -> HTTPResponseStatus {
            let content = Data(body.readableBytesView)
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let one = (try? decoder.decode(Report.self, from: content)).map { [$0] }
            let reports = one ?? (try? decoder.decode([Report].self, from: content)) ?? []
            return posts.withLock { posts in
                let status = answer(posts.count)
                posts.append(
                    Post(
                        path: head.uri,
                        authorization: head.headers["authorization"].first,
                        reports: reports,
                        answer: status
                    )
                )
                return status
            }
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let record: Record
        private var head: HTTPRequestHead?
        private var body = ByteBuffer()

        init(_ record: Record) { self.record = record }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body.clear()
            case .body(var part): body.writeBuffer(&part)
            case .end:
                guard let head else { return }
                let answer = HTTPResponseHead(
                    version: .http1_1,
                    status: record.take(head, body),
                    headers: ["Content-Length": "0"]
                )
                context.write(wrapOutboundOut(.head(answer)), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
