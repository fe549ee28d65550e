import Hummingbird
import NIOCore
import Testing

@testable import Service

struct PayloadTests {
    private let large = Payload(
        Array(repeating: 65, count: 5000), .protobuf, timestamp: 1_794_790_820)

    private func request(_ headers: HTTPFields) -> Request {
        let head = HTTPRequest(
            method: .get, scheme: "http", authority: "x", path: "/", headerFields: headers)
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }

    @Test func `the plain bytes go out unless gzip is asked for`() {
        let plain = large.response(to: request([:]), maxAge: 2)
        #expect(plain.headers[.contentLength] == "5000")
        #expect(plain.headers[.contentEncoding] == nil)
        #expect(plain.headers[.vary] == "Accept-Encoding")
        #expect(plain.headers[.cacheControl] == "public, max-age=2")
        #expect(plain.headers[.lastModified] == "Mon, 16 Nov 2026 01:00:20 GMT")
        let packed = large.response(to: request([.acceptEncoding: "br, gzip;q=0.5"]), maxAge: 2)
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.headers[.eTag] != plain.headers[.eTag])
    }

    @Test(arguments: ["br", "gzip;q=0", "identity", "gzip; q=0.0"])
    func `gzip that is not wanted is not sent`(accepted: String) {
        let response = large.response(to: request([.acceptEncoding: accepted]), maxAge: 2)
        #expect(response.headers[.contentEncoding] == nil)
    }

    @Test func `few bytes are never compressed`() {
        let small = Payload(Array("[]".utf8), .json)
        let response = small.response(to: request([.acceptEncoding: "gzip"]), maxAge: nil)
        #expect(response.headers[.contentEncoding] == nil)
        #expect(response.headers[.vary] == nil)
        #expect(response.headers[.cacheControl] == "no-cache")
    }

    @Test(arguments: [
        #""1794790820""#, #"W/"1794790820""#, #""other", "1794790820-gzip""#, "*",
    ])
    func `bytes that the client has are not sent again`(known: String) {
        let response = large.response(to: request([.ifNoneMatch: known]), maxAge: 2)
        #expect(response.status == .notModified)
        #expect(response.body.contentLength == 0)
        #expect(response.headers[.contentLength] == nil)
        #expect(response.headers[.eTag] == #""1794790820""#)
    }

    @Test func `a tag counts more than a date`() {
        let headers: HTTPFields = [
            .ifNoneMatch: #""1""#, .ifModifiedSince: "Mon, 16 Nov 2026 01:00:20 GMT",
        ]
        #expect(large.response(to: request(headers), maxAge: 2).status == .ok)
    }

    @Test func `a date says as much as a tag`() {
        let same: HTTPFields = [.ifModifiedSince: "Mon, 16 Nov 2026 01:00:20 GMT"]
        #expect(large.response(to: request(same), maxAge: 2).status == .notModified)
        let older: HTTPFields = [.ifModifiedSince: "Mon, 16 Nov 2026 01:00:19 GMT"]
        #expect(large.response(to: request(older), maxAge: 2).status == .ok)
    }
}
