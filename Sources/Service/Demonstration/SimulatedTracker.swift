import AsyncHTTPClient
import Foundation
import Geometry
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import TransitModel

/// The device of one simulated bus: posts its pings as a real one would, one at a time or, when it
/// has fallen behind, a few together.
///
/// What cannot be delivered is kept and sent late. What the service refuses is dropped, and said
/// once.
final class SimulatedTracker: Sendable {
    private let vehicleID: String
    private let pings = Mutex(PingBacklog())
    private let bell = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(vehicleID: String) { self.vehicleID = vehicleID }

    /// Takes a fix, to be posted soon.
    func record(_ ping: Ping) {
        pings.withLock { $0.add(ping) }
        bell.continuation.yield()
    }

    /// Posts what is recorded until cancelled.
    func run(posting post: PingPost, backoff: Backoff, logger: Logger) async {
        var refused = false
        for await _ in bell.stream {
            while !Task.isCancelled, let batch = pings.withLock({ $0.batch() }) {
                let answer = await deliver(batch, post, backoff)
                guard let answer else { return }
                pings.withLock { $0.settle() }
                if !answer.isSuccess, !refused {
                    refused = true
                    logger.warning("bus \(vehicleID): the service refuses its pings: \(answer)")
                }
            }
        }
    }

    /// The service's last word on a batch; nil when cancelled before it came.
    private func deliver(
        _ batch: [Ping],
        _ post: PingPost,
        _ backoff: Backoff
    ) async -> HTTPResponseStatus? {
        var backoff = backoff
        while !Task.isCancelled {
            if let status = try? await post.send(batch), !status.isTransient { return status }
            try? await Task.sleep(for: backoff.pause(afterSuccessOf: 0))
        }
        return nil
    }
}

/// `POST /ingest/v1/pings` with one device's token.
struct PingPost: Sendable {
    let client: HTTPClient
    let baseURL: String
    let token: String

    /// Posts pings and returns the answer's status.
    func send(_ pings: [Ping]) async throws -> HTTPResponseStatus {
        var request = HTTPClientRequest(url: baseURL + "/ingest/v1/pings")
        request.method = .POST
        request.headers = [
            "Authorization": "Bearer \(token)", "Content-Type": "application/json",
        ]
        request.body = .bytes(try Self.body(pings))
        let response = try await client.execute(request, timeout: .seconds(10))
        _ = try await response.body.collect(upTo: 1 << 20)
        return response.status
    }

    /// An object for one ping, an array for more.
    private static func body(_ pings: [Ping]) throws -> ByteBuffer {
        let reports = pings.map(PingReport.init)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let json =
            if reports.count == 1 { try encoder.encode(reports[0]) } else {
                try encoder.encode(reports)
            }
        return ByteBuffer(bytes: json)
    }
}

/// A ping in the words of our own ingest format.
private struct PingReport: Encodable {
    private enum CodingKeys: String, CodingKey {
        case vehicleID = "vehicle_id"
        case timestamp, latitude, longitude
        case speed = "speed_mps"
        case bearing
        case routeID = "route_id"
    }

    var vehicleID: String
    var timestamp: Double
    var latitude: Double
    var longitude: Double
    var speed: Double?
    var bearing: Double?
    var routeID: String?

    init(_ ping: Ping) {
        vehicleID = ping.vehicleID
        timestamp = ping.timestamp.seconds
        latitude = Self.rounded(ping.coordinate.latitude, 1e6)
        longitude = Self.rounded(ping.coordinate.longitude, 1e6)
        speed = ping.speed.map { Self.rounded($0, 10) }
        bearing = ping.bearing.map { Self.rounded($0, 10) }
        routeID = ping.routeID
    }

    private static func rounded(_ value: Double, _ steps: Double) -> Double {
        (value * steps).rounded() / steps
    }
}

extension HTTPResponseStatus {
    fileprivate var isSuccess: Bool { (200..<300).contains(code) }

    /// Whether the same request may be answered better later.
    fileprivate var isTransient: Bool { code == 429 || code >= 500 }
}
