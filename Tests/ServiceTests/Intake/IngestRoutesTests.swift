import Feeds
import Hummingbird
import HummingbirdTesting
import Ingestion
import NIOCore
import Storage
import Testing
import TransitModel

@testable import Service

struct IngestRoutesTests {
    private let address = "/ingest/v1/pings"

    private func post(
        _ body: String, to client: any TestClientProtocol, token: String?
    ) async throws -> TestResponse {
        try await client.execute(
            uri: address, method: .post,
            headers: token.map { [.authorization: "Bearer \($0)"] } ?? [:],
            body: ByteBuffer(string: body))
    }

    private func receipt(_ answer: TestResponse) throws -> PingReceipt {
        try WireJSON.decode(PingReceipt.self, from: Array(answer.body.readableBytesView))
    }

    @Test func `the same ping twice is acknowledged twice and kept once`() async throws {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        let ping = Town.ping(at: town.time.now, longitude: 100.36)
        try await town.app.test(.router) { client in
            let first = try await post(ping, to: client, token: token)
            #expect(first.status == .ok)
            #expect(String(buffer: first.body) == #"{"accepted":1,"duplicate":0,"rejected":[]}"#)
            #expect(first.headers[.accessControlAllowOrigin] == nil)
            let second = try await post(ping, to: client, token: token)
            #expect(try receipt(second).duplicate == 1)
        }
        #expect(try town.live.stores.journal.pings(takenSince: Town.morning).count == 1)
    }

    @Test(arguments: [nil, "wrong", ""] as [String?])
    func `without a token in force nothing is taken`(token: String?) async throws {
        let town = try await Town.open()
        let ping = Town.ping(at: town.time.now, longitude: 100.36)
        try await town.app.test(.router) { client in
            let answer = try await post(ping, to: client, token: token)
            #expect(answer.status == .unauthorized)
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8")
        }
        #expect(try town.live.stores.journal.pings(takenSince: Town.morning).isEmpty)
    }

    @Test func `a token speaks for its own vehicle only`() async throws {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        let foreign = Town.ping(at: town.time.now, longitude: 100.36, vehicle: "TP-2")
        let own = Town.ping(at: town.time.now, longitude: 100.36, vehicle: "TP-1")
        try await town.app.test(.router) { client in
            let refused = try await post(foreign, to: client, token: token)
            #expect(refused.status == .forbidden)
            #expect(String(buffer: refused.body).contains("TP-2"))
            let mixed = try await post("[\(foreign),\(own)]", to: client, token: token)
            #expect(mixed.status == .ok)
            let receipt = try receipt(mixed)
            #expect(receipt.accepted == 1)
            #expect(receipt.rejected.map(\.index) == [0])
        }
        let journal = try town.live.stores.journal.pings(takenSince: Town.morning)
        #expect(journal.map(\.vehicleID) == ["TP-1"])
    }

    @Test func `a ping from 1970 is rejected with a reason`() async throws {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        try await town.app.test(.router) { client in
            let answer = try await post(
                #"{"timestamp":12,"latitude":-0.95,"longitude":100.36}"#, to: client, token: token)
            let receipt = try receipt(answer)
            #expect(receipt.accepted == 0)
            #expect(receipt.rejected.first?.reason.contains("1970") == true)
        }
    }

    @Test(arguments: ["", "not json", "7", #"{"timestamp":"#])
    func `a body that is no JSON is a bad request in one line`(body: String) async throws {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        try await town.app.test(.router) { client in
            let answer = try await post(body, to: client, token: token)
            #expect(answer.status == .badRequest)
            let problem = try WireJSON.decode(
                Problem.self, from: Array(answer.body.readableBytesView))
            #expect(!problem.title.isEmpty && !problem.title.contains("\n"))
        }
    }

    @Test func `a body of more than a mebibyte is too large, packed or not`() async throws {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        let large = String(repeating: " ", count: 1 << 20) + "{}"
        let packed = try Gzip.deflate(Array(large.utf8))
        try await town.app.test(.router) { client in
            #expect(try await post(large, to: client, token: token).status == .contentTooLarge)
            let answer = try await client.execute(
                uri: address, method: .post, headers: [.authorization: "Bearer \(token)"],
                body: ByteBuffer(bytes: packed))
            #expect(answer.status == .contentTooLarge)
        }
    }

    @Test func `packed pings are taken`() async throws {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        let lines = (0..<3).map {
            Town.ping(at: town.time.now + Double($0 - 10), longitude: 100.36)
        }
        let packed = try Gzip.deflate(Array(lines.joined(separator: "\n").utf8))
        try await town.app.test(.router) { client in
            let answer = try await client.execute(
                uri: address, method: .post,
                headers: [.authorization: "Bearer \(token)", .contentEncoding: "gzip"],
                body: ByteBuffer(bytes: packed))
            #expect(try receipt(answer).accepted == 3)
        }
    }

    @Test func `pings that cannot be kept are not acknowledged, and riders are served on`()
        async throws
    {
        let town = try await Town.open()
        let token = try town.token(for: "TP-1")
        try town.live.stores.database.close()
        let ping = Town.ping(at: town.time.now, longitude: 100.36)
        try await town.app.test(.router) { client in
            let answer = try await post(ping, to: client, token: token)
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] != nil)
            town.time.advance(by: 2)
            await town.live.publish()
            let feed = try await client.execute(uri: "/gtfs-rt/feed", method: .get)
            #expect(feed.status == .ok)
        }
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .delete, .patch])
    func `readers may only read`(method: HTTPRequest.Method) async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            for uri in ["/gtfs-rt/feed", "/", "/api/v1/stops/a", "/nowhere", "/healthz"] {
                let answer = try await client.execute(uri: uri, method: method)
                #expect(answer.status == .methodNotAllowed)
                #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS")
            }
        }
    }

    @Test func `trackers may only post`() async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            let answer = try await client.execute(uri: address, method: .get)
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == "POST")
        }
    }

    @Test func `a browser may ask whether it may ask`() async throws {
        let town = try await Town.open()
        try await town.app.test(.router) { client in
            let answer = try await client.execute(uri: "/api/v1/routes", method: .options)
            #expect(answer.status == .noContent)
            #expect(answer.headers[.accessControlAllowMethods] == "GET, HEAD")
        }
    }
}
