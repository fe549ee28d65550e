import AsyncHTTPClient
import Feeds
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Testing

@testable import Service

struct ServeTests {
    private let quiet = Logger(label: "serve", factory: { _ in SwiftLogNoOpLogHandler() })

    /// Serves the town's folder on a free port while the test's body runs.
    private func serving(
        _ town: Town, _ body: (ServiceAddresses) async throws -> Void
    ) async throws {
        var configuration = ServiceConfiguration(
            gtfsPath: town.folder + "/gtfs", dataDirectory: town.folder + "/live")
        configuration.listen.port = 0
        let ready = AsyncStream.makeStream(of: ServiceAddresses.self)
        let service = Task { [configuration, quiet] in
            try await serve(configuration, logger: quiet) { ready.continuation.yield($0) }
        }
        let addresses = try #require(await ready.stream.first { _ in true })
        defer { service.cancel() }
        try await body(addresses)
        service.cancel()
        _ = await service.result
    }

    /// What a service says that cannot start.
    private func fault(in town: Town, data: String, listen: ListenAddress) async -> String? {
        var configuration = ServiceConfiguration(
            gtfsPath: town.folder + "/gtfs", dataDirectory: town.folder + "/" + data)
        configuration.listen = listen
        do {
            try await serve(configuration, logger: quiet)
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func text(_ request: HTTPClientRequest) async throws -> (HTTPResponseStatus, String) {
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        return (answer.status, String(buffer: try await answer.body.collect(upTo: 1 << 22)))
    }

    private func control(_ path: String, at addresses: ServiceAddresses) throws -> HTTPClientRequest
    {
        let url = URL(httpURLWithSocketPath: addresses.controlSocketPath, uri: "/control/" + path)
        return HTTPClientRequest(url: try #require(url).absoluteString)
    }

    @Test func `a tracker that is let in is seen by riders`() async throws {
        try await serving(Town()) { addresses in
            #expect(addresses.listen.port > 0)
            #expect(addresses.networkVersion == "town-1")
            var admission = try control("devices", at: addresses)
            admission.method = .POST
            admission.body = .bytes(Array(#"{"id":"phone","vehicle":"TP-1"}"#.utf8))
            let (status, answer) = try await text(admission)
            #expect(status == .ok)
            let token = try WireJSON.decode(DeviceToken.self, from: Array(answer.utf8)).token
            var post = HTTPClientRequest(url: addresses.url + "/ingest/v1/pings")
            post.method = .POST
            post.headers.add(name: "Authorization", value: "Bearer \(token)")
            post.body = .bytes(Array(Town.ping(at: systemClock(), longitude: 100.36).utf8))
            #expect(try await text(post).0 == .ok)
            try await eventually("the bus is seen") {
                let all = HTTPClientRequest(url: addresses.url + "/api/v1/vehicles")
                return (try? await text(all))?.1.contains("TP-1") == true
            }
        }
    }

    @Test func `the control socket is for its owner and goes with the service`() async throws {
        let town = try Town()
        let path = town.folder + "/live/control.sock"
        try await serving(town) { addresses in
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            #expect(try await text(control("status", at: addresses)).0 == .ok)
            let elsewhere = HTTPClientRequest(url: addresses.url + "/control/status")
            #expect(try await text(elsewhere).0 == .notFound)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `two services do not work in one directory`() async throws {
        let town = try Town()
        try await serving(town) { _ in
            let free = ListenAddress(host: "127.0.0.1", port: 0)
            let fault = await fault(in: town, data: "live", listen: free)
            #expect(fault?.contains("another service") == true)
        }
    }

    @Test func `a listener that cannot be had is named`() async throws {
        let town = try Town()
        try await serving(town) { addresses in
            let fault = await fault(in: town, data: "other", listen: addresses.listen)
            #expect(fault?.contains("\(addresses.listen)") == true)
        }
    }
}
