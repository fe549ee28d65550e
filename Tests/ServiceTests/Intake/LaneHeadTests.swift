import Testing

@testable import Service

struct LaneHeadTests {
    private func read(_ text: String) -> LaneHead.Reading {
        Array(text.utf8).withUnsafeBytes { LaneHead.read($0) }
    }

    private func head(_ text: String) throws -> LaneHead {
        guard case .head(let head) = read(text) else {
            throw Odd(reading: "\(read(text))")
        }
        return head
    }

    private struct Odd: Error { var reading: String }

    private let post = "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n"

    @Test func `the usual request is read`() throws {
        let text = post + "Authorization: Bearer abc\r\nUser-Agent: modem/1.0\r\n\r\n"
        let head = try head(text + "{}")
        #expect(head.form == .native)
        #expect(head.bodyLength == 7)
        #expect(!head.isLast)
        #expect(head.length == text.utf8.count)
        guard case .token(let token) = head.credentials else {
            Issue.record("no token")
            return
        }
        #expect(String(decoding: token, as: UTF8.self) == "abc")
    }

    @Test func `a phone's request has its query and no body`() throws {
        let head = try head("GET /ingest/osmand?id=1&lat=2 HTTP/1.1\r\nhost: a\r\n\r\n")
        #expect(head.form == .osmAnd)
        #expect(head.target == "/ingest/osmand?id=1&lat=2")
        #expect(head.bodyLength == 0)
    }

    @Test func `a signature is read from its four headers`() throws {
        let code = String(repeating: "0f", count: 32)
        let head = try head(
            post + "X-Device-Id: modem\r\nX-Device-Time: 5\r\nX-Device-Sequence: 9\r\n"
                + "X-Device-Signature: \(code)\r\n\r\n")
        guard case .signature(let signature) = head.credentials else {
            Issue.record("no signature")
            return
        }
        #expect(signature.deviceID == "modem")
        #expect(signature.time == 5)
        #expect(signature.sequence == 9)
        #expect(signature.code == Array(repeating: 15, count: 32))
    }

    @Test func `a client that wants to go is let go`() throws {
        #expect(try head(post + "Connection: close\r\n\r\n").isLast)
        #expect(try !head(post + "Connection: Keep-Alive\r\n\r\n").isLast)
    }

    @Test func `every part of a head is waited for`() {
        let whole = Array((post + "\r\n").utf8)
        for length in 1..<whole.count {
            let reading = whole.prefix(length).withUnsafeBytes { LaneHead.read($0) }
            guard case .incomplete = reading else {
                Issue.record("\(length) bytes")
                return
            }
        }
    }

    @Test(arguments: [
        "GET /gtfs-rt/feed HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /ingest/v1/pingsx HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /ingest/v1/pings HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.0\r\nHost: a\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\n\r\n",
        "POST  /ingest/v1/pings HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nContent-Length : 1\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\n folded: 1\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\nContent-Length: 1\n\r\n\r\n",
        "POST /ingest/v1/pings HTTP/1.1\r\nHost: a\u{0}\r\n\r\n",
        "\r\n",
    ])
    func `whatever is unusual is left to the framework`(text: String) {
        guard case .other = read(text) else {
            Issue.record("\(read(text))")
            return
        }
    }

    @Test func `a head beyond the limit is told apart from one that is coming in`() {
        let filler = "X-Filler: " + String(repeating: "x", count: LaneHead.longest) + "\r\n"
        guard case .tooLong = read(post + filler) else {
            Issue.record("not ended")
            return
        }
        guard case .tooLong = read(post + filler + "\r\n") else {
            Issue.record("ended")
            return
        }
    }
}
