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
    public var name: String { tally.name }
    private let address: WebSocketAddress
    private let settings: Settings
    private let client = WebSocketClient()
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let decoder: Mutex<DishubDecoder>
    private let tally: SourceTally

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
        self.settings = settings
        self.now = now
        self.logger = logger
        tally = SourceTally(name: name, logger: logger)
        decoder = Mutex(DishubDecoder(area: settings.area, settings: settings.wire))
    }

    /// What has come in so far.
    public var figures: SourceFigures { tally.figures }

    /// Takes the area in place of the one in the settings.
    public func prepare(for area: BoundingBox) { decoder.withLock { $0.area = area } }

    /// Listens until cancelled.
    public func run(into sink: @escaping @Sendable ([Ping]) async throws -> Void) async throws {
        var backoff = settings.backoff
        while !Task.isCancelled {
            let session = DishubSession(silence: settings.silence)
            let fault = await follow(session, into: sink)
            tally.disconnected()
            guard !Task.isCancelled else { return }
            let pause = backoff.pause(afterSuccessOf: session.steadySeconds)
            if session.steadySeconds > 0 { tally.proved() }
            tally.failed(fault, pause: pause)
            try? await Task.sleep(for: pause)
        }
    }

    /// Keeps one connection up and says why it ended.
    private func follow(
        _ session: DishubSession,
        into sink: @escaping @Sendable ([Ping]) async throws -> Void
    ) async -> SourceFault {
        do {
            try await client.withConnection(to: address) { connection in
                session.waits()
                self.tally.connected(to: self.address, isProof: false)
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
            return SourceFault(.closed, "the server closed the connection")
        } catch let fault as SourceFault {
            return fault
        } catch let fault as WebSocketFault {
            return SourceFault(.unreachable, "\(fault)")
        } catch {
            return SourceFault(.broken, "the connection broke: \(error)")
        }
    }

    private func take(
        _ text: String,
        _ session: DishubSession,
        into sink: @Sendable ([Ping]) async throws -> Void
    ) async throws {
        let receivedAt = now()
        let frame = decoder.withLock { $0.decode(text, receivedAt: receivedAt) }
        session.heard(fleet: frame.isFleet)
        tally.heard(1, at: receivedAt)
        note(frame.notices)
        if !frame.pings.isEmpty { try await deliver(frame.pings, session, into: sink) }
        session.waits()
    }

    /// Counts what is odd, and logs it for the first time.
    private func note(_ notices: [DishubNotice: Int]) {
        for (notice, times) in notices.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            if let line = notice.line {
                tally.note(notice.rawValue, times, line)
            } else {
                tally.count(notice.rawValue, times)
            }
        }
    }

    private func deliver(
        _ pings: [Ping],
        _ session: DishubSession,
        into sink: @Sendable ([Ping]) async throws -> Void
    ) async throws {
        for _ in 1...2 {
            do {
                try await sink(pings)
                return tally.kept(pings.count)
            } catch {
                try Task.checkCancellation()
                if session.sinkFailed() {
                    logger.error("\(name): pings could not be kept: \(error)")
                }
                try await Task.sleep(for: settings.sinkPause)
            }
        }
        tally.lost(pings.count)
    }
}

extension DishubNotice {
    /// One line for a person; nil for what is no trouble.
    fileprivate var line: String? {
        switch self {
        case .notJSON: "a frame is no JSON"
        case .otherMessage: "a message is not the list of buses"
        case .noVehicle: "an entry does not say which bus it is"
        case .noFix: "a bus has no position"
        case .outsideArea: "a bus is outside the area"
        // The feed repeats every bus until its next fix.
        case .repeated: nil
        case .unreadableTime: "a last_update cannot be read, so the time of receipt stands in"
        case .wrongZone: "last_update is in another time zone than thought, and now read so"
        case .otherOrder: "latitude and longitude come the other way round from now on"
        }
    }
}
