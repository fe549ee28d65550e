public import Ingestion
public import Logging
import NIOCore
import Synchronization
public import TransitModel

/// The bus positions of Padang's transport office, taken from its WebSocket as they come.
///
/// Subscribes, hands over what ``DishubDecoder`` makes of each frame, and connects again with
/// growing pauses whenever the feed breaks off or falls silent. Each kind of oddity is logged once
/// a connection and counted always. Pings that the sink cannot keep are offered once more and then
/// let go, because the next frame shows the fleet anew.
///
/// Built to a description of the feed, it has not met the real server; Dishub must be asked before
/// anyone connects to it.
public final class DishubSource: PingSource {
    /// Patience and manners towards the server.
    public struct Settings: Sendable {
        /// A feed without a message for so long is dead.
        public var silence = Duration.seconds(10)
        /// How long to wait when the sink has failed.
        public var sinkPause = Duration.seconds(1)
        /// Pauses between connections.
        public var backoff = Backoff()
        /// Where buses can be, until the timetable in force tells.
        public var area = BoundingBox.padang
        /// What the feed does otherwise than described.
        public var wire = WireSettings()

        /// Makes the settings for the real server.
        public init() {}
    }

    /// What the source is called in logs and figures.
    public let name: String
    private let address: WebSocketAddress
    private let settings: Settings
    private let client = WebSocketClient()
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let decoder: Mutex<DishubDecoder>
    private let tally = Mutex(DishubCounts())

    /// Makes a source that is not connected yet.
    ///
    /// - Parameters:
    ///   - url: Where the server is, `ws://` or `wss://`.
    ///   - name: What the source is called in logs and figures.
    ///   - settings: Patience and manners.
    ///   - now: The clock that says when a frame was received.
    ///   - logger: Where oddities go.
    /// - Throws: ``WebSocketFault/notAnAddress(_:)``.
    public init(
        url: String,
        name: String = "dishub",
        settings: Settings = Settings(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) throws(WebSocketFault) {
        address = try WebSocketAddress(url)
        self.name = name
        self.settings = settings
        self.now = now
        self.logger = logger
        decoder = Mutex(DishubDecoder(area: settings.area, settings: settings.wire))
    }

    /// What has come in so far.
    public var counts: DishubCounts { tally.withLock { $0 } }

    /// The same as every source tells it.
    public var figures: SourceFigures { counts.figures }

    /// Takes the area in place of the one in the settings.
    public func prepare(for area: BoundingBox) { decoder.withLock { $0.area = area } }

    /// Listens until cancelled.
    public func run(into sink: @escaping @Sendable ([Ping]) async throws -> Void) async throws {
        var backoff = settings.backoff
        var last: DishubFault.Kind?
        while !Task.isCancelled {
            let session = DishubSession(name: name, silence: settings.silence, logger: logger)
            let fault = await follow(session, into: sink)
            guard !Task.isCancelled else { return }
            let pause = backoff.pause(afterSuccessOf: session.steadySeconds)
            report(fault, isNews: fault.kind != last || session.steadySeconds > 0, pause: pause)
            last = fault.kind
            try? await Task.sleep(for: pause)
        }
    }

    /// Keeps one connection up and says why it ended.
    private func follow(
        _ session: DishubSession,
        into sink: @escaping @Sendable ([Ping]) async throws -> Void
    ) async -> DishubFault {
        defer { tally.withLock { $0.isConnected = false } }
        do {
            try await client.withConnection(to: address) { connection in
                session.waits()
                self.tally.withLock { $0.begin() }
                self.logger.info("\(self.name): connected to \(self.address)")
                try await connection.send(DishubDecoder.subscribeMessage)
                try await withThrowingTaskGroup { group in
                    group.addTask { try await session.watch() }
                    group.addTask {
                        for try await text in connection.messages {
                            try await self.take(text, session, into: sink)
                        }
                    }
                    defer { group.cancelAll() }
                    try await group.next()
                }
            }
            return .closed
        } catch {
            return DishubFault(error)
        }
    }

    private func take(
        _ text: String,
        _ session: DishubSession,
        into sink: @Sendable ([Ping]) async throws -> Void
    ) async throws {
        let receivedAt = now()
        let frame = decoder.withLock { $0.decode(text, receivedAt: receivedAt) }
        session.heard(frame)
        tally.withLock { $0.add(frame, at: receivedAt) }
        if !frame.pings.isEmpty { try await deliver(frame.pings, session, into: sink) }
        session.waits()
    }

    private func deliver(
        _ pings: [Ping],
        _ session: DishubSession,
        into sink: @Sendable ([Ping]) async throws -> Void
    ) async throws {
        for _ in 1...2 {
            do {
                try await sink(pings)
                return tally.withLock { $0.pings += pings.count }
            } catch {
                try Task.checkCancellation()
                session.report(sinkFailure: error)
                try await Task.sleep(for: settings.sinkPause)
            }
        }
        tally.withLock { $0.lostPings += pings.count }
    }

    private func report(_ fault: DishubFault, isNews: Bool, pause: Duration) {
        tally.withLock { $0.faults[fault.kind, default: 0] += 1 }
        let seconds = Int((pause / .seconds(1)).rounded())
        logger.log(
            level: isNews ? .warning : .debug,
            "\(name): \(fault); connecting again in \(seconds) s"
        )
    }
}
