import Hummingbird
import Ingestion
import NIOCore

/// Bytes ready to be sent again and again: plain, and gzip where that is shorter.
struct Payload: Sendable {
    /// What kind of bytes they are, as `Content-Type` says it.
    enum Kind: String, Sendable {
        case protobuf = "application/x-protobuf"
        case json = "application/json; charset=utf-8"
        case problem = "application/problem+json; charset=utf-8"
        case text = "text/plain; charset=utf-8"
        case metrics = "text/plain; version=0.0.4; charset=utf-8"
        case zip = "application/zip"
        case html = "text/html; charset=utf-8"
        case css = "text/css; charset=utf-8"
        case javaScript = "text/javascript; charset=utf-8"
        case svg = "image/svg+xml; charset=utf-8"
        case png = "image/png"
    }

    /// Fewer bytes than this are not worth compressing.
    static let leastCompressed = 1024

    let kind: Kind
    let plain: ByteBuffer
    let gzip: ByteBuffer?
    /// Whether another client may get the bytes in another form.
    private let isCompressible: Bool
    /// Names exactly these bytes; in quotation marks, as `ETag` wants it.
    let tag: String
    /// When they came to be, in seconds since 1970.
    let modified: Int64?

    /// Bytes that are named by what is in them.
    init(_ bytes: [UInt8], _ kind: Kind, modified: Int64? = nil) {
        self.init(bytes, kind, tag: Self.fingerprint(of: bytes), modified: modified, level: 6)
    }

    /// Bytes of a feed, which its timestamp names; compressed fast, since they live for seconds.
    init(_ bytes: [UInt8], _ kind: Kind, timestamp: Int64) {
        self.init(bytes, kind, tag: String(timestamp), modified: timestamp, level: 1)
    }

    /// Bytes made for one request, compressed only if that asks for it.
    init(_ bytes: [UInt8], _ kind: Kind, for request: Request) {
        self.init(
            bytes, kind, tag: Self.fingerprint(of: bytes), modified: nil,
            level: request.acceptsGzip ? 1 : nil)
    }

    private init(_ bytes: [UInt8], _ kind: Kind, tag: String, modified: Int64?, level: Int?) {
        self.kind = kind
        self.modified = modified
        self.tag = "\"\(tag)\""
        plain = ByteBuffer(bytes: bytes)
        isCompressible = bytes.count >= Self.leastCompressed && kind != .zip && kind != .png
        gzip =
            isCompressible
            ? level.flatMap { try? Gzip.deflate(bytes, level: $0) }.map {
                ByteBuffer(bytes: $0)
            } : nil
    }

    /// 64 bits of FNV-1a: names contents, protects from nobody.
    private static func fingerprint(of bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

extension Payload {
    /// Answers a request: 304 when the client has these bytes already, gzip when it wants that.
    ///
    /// For `maxAge` seconds the client need not ask again; it always should when that is nil.
    func response(to request: Request, maxAge: Int?) -> Response {
        let sent = request.acceptsGzip ? gzip : nil
        var headers: HTTPFields = [
            .contentType: kind.rawValue,
            .eTag: sent == nil ? tag : gzipTag,
            .cacheControl: maxAge.map { "public, max-age=\($0)" } ?? "no-cache",
        ]
        if let modified { headers[.lastModified] = HTTPDate.text(modified) }
        if isCompressible { headers[.vary] = "Accept-Encoding" }
        if isKnown(to: request) { return .notModified(headers) }
        if sent != nil { headers[.contentEncoding] = "gzip" }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: sent ?? plain))
    }

    private var gzipTag: String { tag.dropLast() + "-gzip\"" }

    private func isKnown(to request: Request) -> Bool {
        if let known = request.headers[.ifNoneMatch] {
            return known.split(separator: ",").map(Self.strong)
                .contains { $0 == "*" || $0 == tag || $0 == gzipTag }
        }
        guard let modified, let since = request.headers[.ifModifiedSince] else { return false }
        return HTTPDate.seconds(since).map { modified <= $0 } ?? false
    }

    private static func strong(_ tag: Substring) -> String {
        let trimmed = tag.drop { $0 == " " || $0 == "\t" }
        let bare = trimmed.hasPrefix("W/") ? trimmed.dropFirst(2) : trimmed
        return String(bare.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}

extension Response {
    /// Nothing new; without a length, which would be that of the bytes not sent.
    fileprivate static func notModified(_ headers: HTTPFields) -> Response {
        var response = Response(status: .notModified, headers: headers)
        response.headers[.contentLength] = nil
        response.headers[.contentType] = nil
        return response
    }
}

extension Request {
    /// Whether the client asked for gzip.
    var acceptsGzip: Bool {
        guard let accepted = headers[.acceptEncoding] else { return false }
        return accepted.split(separator: ",").contains { coding in
            let parts = coding.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard parts.first == "gzip" || parts.first == "*" else { return false }
            return !parts.dropFirst().contains {
                $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0
            }
        }
    }
}
