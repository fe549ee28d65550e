import Feeds
import Hummingbird
import Ingestion
import NIOCore
import NIOHTTP1
import Storage

/// What a tracker is told.
struct IngestAnswer: Sendable {
    let status: HTTPResponse.Status
    let body: [UInt8]
    let headers: HTTPFields
    /// All of the head but its last number, where it is the same each time.
    private let readyHead: [UInt8]?

    /// The pings are on the disk; how many, in our own form.
    init(_ receipt: PingReceipt) {
        self.init(
            status: .ok, body: receipt.json, headers: Self.receiptHeaders,
            readyHead: Self.receiptHead)
    }

    /// The pings are on the disk; phones and gateways look at the status alone.
    static let done = IngestAnswer(
        status: .ok, body: [], headers: doneHeaders, readyHead: doneHead)

    private static let doneHeaders: HTTPFields = [.cacheControl: "no-store"]
    private static let receiptHeaders: HTTPFields = [
        .contentType: Payload.Kind.json.rawValue, .cacheControl: "no-store",
    ]

    init(_ refusal: Refusal) {
        let code = refusal.problem.status
        status = .init(
            code: code, reasonPhrase: HTTPResponseStatus(statusCode: code).reasonPhrase)
        body = (try? WireJSON.encode(refusal.problem)) ?? Array("{}".utf8)
        var headers = refusal.headers
        headers[.contentType] = Payload.Kind.problem.rawValue
        headers[.cacheControl] = "no-store"
        self.headers = headers
        readyHead = nil
    }

    private init(
        status: HTTPResponse.Status, body: [UInt8], headers: HTTPFields, readyHead: [UInt8]
    ) {
        self.status = status
        self.body = body
        self.headers = headers
        self.readyHead = readyHead
    }
}

extension IngestAnswer {
    /// Writes the answer as HTTP/1.1; the last of a connection says so.
    func write(to buffer: inout ByteBuffer, isLast: Bool) {
        buffer.writeBytes(readyHead ?? Self.makeHead(status, headers))
        buffer.writeString(String(body.count))
        buffer.writeString(isLast ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n")
        buffer.writeBytes(body)
    }

    private static let receiptHead = makeHead(.ok, receiptHeaders)
    private static let doneHead = makeHead(.ok, doneHeaders)

    private static func makeHead(
        _ status: HTTPResponse.Status, _ headers: HTTPFields
    ) -> [UInt8] {
        var text = "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n"
        for field in headers { text += "\(field.name): \(field.value)\r\n" }
        return Array((text + "X-Content-Type-Options: nosniff\r\nContent-Length: ").utf8)
    }
}

/// Why a request was refused before its pings were looked at.
enum IngestRefusal: Error, Hashable {
    /// No token or signature, or none that is in force.
    case unknownSender
    /// The device's clock, which the signature holds, is minutes off.
    case wrongClock
    /// Too many requests; again in so many seconds.
    case tooMany(retryAfter: Int)
    /// A gateway speaks for a device that is not registered.
    case unknownDevice(String)
    /// The service is still starting.
    case notReady
}

extension Refusal {
    /// Words what went wrong while pings were taken in.
    init(ingesting error: any Error) {
        switch error {
        case let refusal as IngestRefusal: self.init(refusal)
        case let fault as PingFault where fault.kind == .tooLarge:
            self.init(.contentTooLarge, fault.description)
        case let fault as PingFault where fault.kind == .otherVehicle:
            self.init(.forbidden, fault.description)
        case let fault as PingFault: self.init(.badRequest, fault.description)
        case Gzip.Fault.tooLarge: self = .tooLarge
        case let fault as Gzip.Fault: self.init(.badRequest, fault.description)
        case let fault as StorageFault: self.init(storing: fault)
        default: self.init(error)
        }
    }

    private init(_ refusal: IngestRefusal) {
        switch refusal {
        case .unknownSender:
            self = .unauthorized(
                "the token is missing or not in force: send Authorization: Bearer, or sign")
        case .wrongClock:
            self = .unauthorized(
                "the signature's time is more than \(Gate.clockTolerance) s off: set the clock")
        case .tooMany(let seconds):
            self.init(
                .tooManyRequests, "too many requests: put several pings into one",
                headers: [.retryAfter: String(seconds)])
        case .unknownDevice(let id):
            self.init(.forbidden, "no device \(id) is in force: add it to the service first")
        case .notReady: self = .notReady
        }
    }

    private static func unauthorized(_ title: String) -> Refusal {
        Refusal(.unauthorized, title, headers: [.wwwAuthenticate: "Bearer"])
    }

    /// The trackers keep their pings and come again; what SQLite says is for the log.
    private init(storing fault: StorageFault) {
        switch fault.kind {
        case .replayed: self.init(.conflict, fault.description)
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
