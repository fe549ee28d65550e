import AsyncHTTPClient
public import Ingestion
public import Logging
import NIOCore
import NIOHTTP1
public import TransitModel

/// The vehicle positions that an agency publishes as GTFS-Realtime, asked for again and again.
///
/// Asks only for what has changed, and hands over each vehicle and time once. A feed that does not
/// answer, or answers with anything else, is asked again with growing pauses; so is one whose
/// positions the sink cannot keep, from the same state as before.
public final class PositionsSource: PingSource {
    /// A header that goes with every request, such as one with a key.
    public struct Header: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its value, which is never logged.
        public var value: String

        /// Makes a header.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Patience and manners towards the server.
    public struct Settings: Sendable {
        /// From one request to the next.
        public var interval = Duration.seconds(10)
        /// How long an answer may take, to its last byte.
        public var timeout = Duration.seconds(10)
        /// An answer may have so many bytes, inflated.
        public var largestFeed = 16 << 20
        /// Pauses after failures.
        public var backoff = Backoff(bounds: 5...120)
        /// Goes with every request.
        public var header: Header?
        /// What the agency does otherwise than the format says.
        public var wire = WireSettings()

        /// Makes the settings for a public feed.
        public init() {}
    }

    /// What the source is called in logs and figures.
    public var name: String { tally.name }
    private let address: PositionsAddress
    private let settings: Settings
    private let now: @Sendable () -> Timestamp
    private let tally: SourceTally

    /// Makes a source that has asked nothing yet.
    ///
    /// - Parameters:
    ///   - url: Where the feed is, `http://` or `https://`.
    ///   - name: What the source is called in logs and figures.
    ///   - settings: Patience and manners.
    ///   - now: The clock that says when an answer was received.
    ///   - logger: Where oddities go.
    /// - Throws: When the text is no such URL.
    public init(
        url: String, name: String = "positions", settings: Settings = Settings(),
        now: @escaping @Sendable () -> Timestamp, logger: Logger
    ) throws(ServiceFault) {
        address = try PositionsAddress(url)
        self.settings = settings
        self.now = now
        tally = SourceTally(name: name, logger: logger)
    }

    /// What has come in so far.
    public var figures: SourceFigures { tally.figures }

    /// Asks until cancelled.
    public func run(into sink: @escaping @Sendable ([Ping]) async throws -> Void) async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        await poll(with: client, into: sink)
        tally.disconnected()
        try await client.shutdown()
    }

    private var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            // A redirected request would carry the key to whoever is named there.
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(settings.timeout)))
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    private func poll(
        with client: HTTPClient, into sink: @Sendable ([Ping]) async throws -> Void
    ) async {
        var memory = FeedMemory()
        var backoff = settings.backoff
        var goodSince: ContinuousClock.Instant?
        while !Task.isCancelled {
            let start = ContinuousClock.now
            do {
                try await ask(client, &memory, into: sink)
                tally.connected(to: address)
                goodSince = goodSince ?? start
                try await Task.sleep(until: start + settings.interval, clock: .continuous)
            } catch {
                guard !Task.isCancelled else { return }
                let fault = fault(error)
                let steady = goodSince.map { (start - $0) / .seconds(1) } ?? 0
                goodSince = nil
                let pause = max(
                    backoff.pause(afterSuccessOf: steady), .seconds(fault.retryAfter ?? 0))
                tally.failed(fault, pause: pause)
                try? await Task.sleep(for: pause)
            }
        }
    }

    /// Asks once, and remembers the answer when its pings are kept.
    private func ask(
        _ client: HTTPClient, _ memory: inout FeedMemory,
        into sink: @Sendable ([Ping]) async throws -> Void
    ) async throws {
        guard let answer = try await fetch(client, request(memory)) else { return }
        let receivedAt = now()
        tally.heard(1, at: receivedAt)
        let feed = try Gzip.inflate(answer.body, limit: settings.largestFeed)
        let positions = try VehiclePositionsDecoder.decode(
            feed, settings: settings.wire, receivedAt: receivedAt)
        tally.note(positions.batch.rejections.map(\.reason))
        let fresh = positions.batch.pings.filter { !memory.pings.contains(PingKey($0)) }
        tally.count("duplicate", positions.duplicates)
        tally.count("repeated", positions.batch.pings.count - fresh.count)
        try await deliver(fresh, into: sink)
        memory = FeedMemory(answer.headers, positions.batch.pings)
    }

    /// The answer to a request, in time to its last byte; nil when nothing has changed.
    private func fetch(
        _ client: HTTPClient, _ request: HTTPClientRequest
    ) async throws -> (headers: HTTPHeaders, body: [UInt8])? {
        // The client's own deadline ends with the head of an answer.
        try await withThrowingTaskGroup { group in
            group.addTask {
                let response = try await client.execute(
                    request, timeout: TimeAmount(self.settings.timeout))
                guard response.status != .notModified else {
                    return (headers: HTTPHeaders, body: [UInt8])?.none
                }
                guard response.status == .ok else { throw self.refusal(response) }
                let body = try await response.body.collect(upTo: self.settings.largestFeed)
                return (response.headers, Array(body.readableBytesView))
            }
            group.addTask {
                try await Task.sleep(for: self.settings.timeout)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private func request(_ memory: FeedMemory) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address.url)
        request.headers = [
            "User-Agent": "transpadang", "Accept": "application/x-protobuf, */*;q=0.5",
            "Accept-Encoding": "gzip",
        ]
        if let tag = memory.tag { request.headers.add(name: "If-None-Match", value: tag) }
        if let date = memory.changedAt {
            request.headers.add(name: "If-Modified-Since", value: date)
        }
        if let authorization = address.authorization {
            request.headers.add(name: "Authorization", value: authorization)
        }
        if let header = settings.header {
            request.headers.replaceOrAdd(name: header.name, value: header.value)
        }
        return request
    }

    private func deliver(
        _ pings: [Ping], into sink: @Sendable ([Ping]) async throws -> Void
    ) async throws {
        guard !pings.isEmpty else { return }
        do {
            try await sink(pings)
            tally.kept(pings.count)
        } catch {
            throw SourceFault(.unkept, "pings could not be kept: \(error)")
        }
    }
}

extension PositionsSource {
    private func refusal(_ response: HTTPClientResponse) -> SourceFault {
        let code = response.status.code
        let advice =
            switch code {
            case 300..<400: ": it has moved, give its new URL"
            case 401, 403: ": give the key that it wants, as in #header=x-api-key:KEY"
            case 404, 410: ": check the URL"
            default: ""
            }
        return SourceFault(
            .refused, "\(address) answers \(code)\(advice)",
            retryAfter: response.headers["Retry-After"].first.flatMap { Double($0) }
                .flatMap { 0...3600 ~= $0 ? $0 : nil })
    }

    private func fault(_ error: any Error) -> SourceFault {
        let seconds = settings.timeout / .seconds(1)
        return switch error {
        case let fault as SourceFault: fault
        case let fault as PingFault: SourceFault(.unreadable, "\(address): \(fault)")
        case let fault as Gzip.Fault: SourceFault(.unreadable, "\(address): \(fault)")
        case is NIOTooManyBytesError:
            SourceFault(.unreadable, "\(address) sends more than \(settings.largestFeed) bytes")
        case let error as HTTPClientError where Self.timeouts.contains(error):
            SourceFault(.unreachable, "\(address) did not answer in \(seconds) s")
        case let error as HTTPClientError:
            SourceFault(.unreachable, "\(address) cannot be reached: \(error.shortDescription)")
        default:
            SourceFault(.unreachable, "\(address) cannot be reached: \(networkReason(error))")
        }
    }
}

extension PositionsSource {
    private static let timeouts: [HTTPClientError] = [
        .deadlineExceeded, .connectTimeout, .readTimeout,
    ]
}

/// What the last answer leaves behind for the next request.
private struct FeedMemory {
    var tag: String?
    var changedAt: String?
    var pings: Set<PingKey> = []

    init() {}

    init(_ headers: HTTPHeaders, _ pings: [Ping]) {
        tag = headers["ETag"].first
        changedAt = headers["Last-Modified"].first
        self.pings = Set(pings.map { PingKey($0) })
    }
}
