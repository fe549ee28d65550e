import Feeds
import Hummingbird
import Ingestion
import NIOCore
import Storage

/// `POST /ingest/v1/pings`: answers 200 only when the pings are on the disk.
struct PingRoute {
    let live: LiveService

    /// The most bytes of a body, also after inflating it.
    private static let mostBytes = 1 << 20

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("ingest/v1/pings", method: .post, use: pings)
    }

    private func pings(_ request: Request, _ context: BasicRequestContext) async throws -> Response
    {
        do {
            let body = try await body(of: request)
            let receipt = try await live.ingest(body, token: request.bearerToken)
            await live.note(receipt)
            guard !receipt.speaksForOthersOnly else { throw Refusal(foreign: receipt) }
            return try .acknowledgement(receipt)
        } catch {
            let refusal = Refusal(ingesting: error)
            await live.note(refusal: String(refusal.problem.status))
            throw refusal
        }
    }

    private func body(of request: Request) async throws -> [UInt8] {
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: Self.mostBytes)
        } catch let error as NIOTooManyBytesError {
            throw error
        } catch {
            throw Refusal(.badRequest, "the body ended early: send it again")
        }
        return try Gzip.inflate(Array(buffer.readableBytesView), limit: Self.mostBytes)
    }
}

extension Request {
    /// What follows `Bearer` in `Authorization`.
    fileprivate var bearerToken: String? {
        guard let text = headers[.authorization], text.lowercased().hasPrefix("bearer ") else {
            return nil
        }
        let token = text.dropFirst(7).filter { $0 != " " }
        return token.isEmpty ? nil : token
    }
}

extension Response {
    fileprivate static func acknowledgement(_ receipt: PingReceipt) throws -> Response {
        let body = ByteBuffer(bytes: try WireJSON.encode(receipt))
        let headers: HTTPFields = [
            .contentType: Payload.Kind.json.rawValue, .cacheControl: "no-store",
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}

extension Refusal {
    fileprivate init(foreign receipt: PingReceipt) {
        let reason = receipt.rejected.first?.reason ?? "the token is for another vehicle"
        self.init(.forbidden, reason)
    }

    /// Words what went wrong while pings were taken in.
    fileprivate init(ingesting error: any Error) {
        switch error {
        case PingRefusal.unknownToken:
            self.init(
                .unauthorized, "the token is missing or not in force: send Authorization: Bearer",
                headers: [.wwwAuthenticate: "Bearer"])
        case PingRefusal.notReady: self = .notReady
        case let fault as PingFault: self.init(.badRequest, fault.description)
        case Gzip.Fault.tooLarge: self = .tooLarge
        case let fault as Gzip.Fault: self.init(.badRequest, fault.description)
        case let fault as StorageFault: self.init(storing: fault)
        default: self.init(error)
        }
    }

    /// The trackers keep their pings and come again; what SQLite says is for the log.
    private init(storing fault: StorageFault) {
        switch fault.kind {
        case .overloaded: self = .unavailable("too many pings at once", retryAfter: 1)
        case .diskFull:
            self.init(
                .init(code: 507, reasonPhrase: "Insufficient Storage"),
                "the service's disk is full: send again later",
                headers: [.retryAfter: "10"])
        default: self = .unavailable("pings cannot be kept: send again later", retryAfter: 5)
        }
    }
}
