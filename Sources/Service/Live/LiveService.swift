import ETAEngine
import Feeds
import Logging
import ServiceLifecycle
import Storage
import TransitModel

/// The only owner of what changes, and of time.
///
/// Pings go in journaled, the engine moves, and every two seconds all that is known becomes one
/// immutable ``Published`` that readers take without asking this actor. Its moments never fall,
/// even when the system's clock does.
actor LiveService: ServiceLifecycle.Service {
    nonisolated let showcase = Showcase()
    nonisolated let stores: Stores
    nonisolated let background: BackgroundWriter
    nonisolated let logger: Logger
    nonisolated let clock: @Sendable () -> Timestamp

    private let gtfsPath: String
    private let cadence: Duration
    private let onReady: @Sendable (ServedTimetable) async -> Void
    private(set) var startedAt: Timestamp
    private(set) var timetable: ServedTimetable?
    private(set) var engine: Engine?
    var intake = IntakeFigures()

    private var alerts: [Alert] = []
    private var latest: Timestamp
    private var lastPing = Timestamp(-.infinity)
    private var feedClock = FeedClock()

    /// Seconds between two publications.
    static let cadenceSeconds = 2
    /// Seconds of pings that a fresh engine lives through again.
    static let memory = 3.0 * 3600
    /// Seconds by which the system's clock may fall before the engine starts again at its time.
    private static let toleratedFall = 60.0

    init(
        gtfsPath: String, stores: Stores, logger: Logger,
        cadence: Duration = .seconds(LiveService.cadenceSeconds),
        clock: @escaping @Sendable () -> Timestamp = systemClock,
        onReady: @escaping @Sendable (ServedTimetable) async -> Void = { _ in }
    ) {
        self.gtfsPath = gtfsPath
        self.stores = stores
        background = BackgroundWriter(logger: logger)
        self.logger = logger
        self.cadence = cadence
        self.clock = clock
        self.onReady = onReady
        latest = clock()
        startedAt = latest
    }

    /// Starts, publishes until told to stop, and keeps what was learned.
    func run() async throws {
        try await start()
        if let timetable { await onReady(timetable) }
        try? await cancelWhenGracefulShutdown { try await self.beat() }
        keepLearnedTimes()
        await background.drain()
    }

    /// Loads the timetable and lives through the journal, so that buses are where they were.
    func start() async throws {
        alerts = try stores.alerts.list()
        try await use(ServedTimetable.load(path: gtfsPath))
    }

    private func beat() async throws {
        while !Task.isCancelled {
            try await Task.sleep(for: cadence)
            await tick()
        }
    }

    /// One beat: what is known now becomes what readers see.
    func tick() async {
        if latest - clock() > Self.toleratedFall { await followFallenClock() }
        await publish()
    }

    // MARK: - Time

    /// Now; never before what was now before.
    func moment() -> Timestamp {
        latest = max(latest, clock())
        return latest
    }

    private func followFallenClock() async {
        logger.warning("the system's clock has been set back: starting the engine again from there")
        latest = clock()
        do {
            if let timetable { try await use(timetable) }
        } catch {
            logger.error("the engine goes on as it was: \(error)")
        }
    }

    // MARK: - Pings in

    /// Moves the engine with pings that are on the disk.
    func advance(with pings: [Ping], journaledIn duration: Duration) {
        intake.noteCommit(duration)
        advance(with: pings)
    }

    private func advance(with pings: [Ping]) {
        let now = moment()
        for var ping in pings {
            lastPing = max(lastPing, min(ping.receivedAt, now))
            ping.receivedAt = lastPing
            engine?.receive(ping)
        }
    }

    // MARK: - Snapshots out

    /// Makes everything known now what readers see.
    func publish() async {
        let now = moment()
        guard let timetable, let snapshot = engine?.snapshot(at: now) else { return }
        let events = engine?.takeStopEvents() ?? []
        let edition = Published.Edition(
            snapshot: snapshot, alerts: alerts,
            header: FeedHeader(
                timestamp: feedClock.next(at: now), feedVersion: snapshot.network.version),
            counts: engine?.counts ?? Engine.Counts(), timetable: timetable)
        showcase.show(await Published.make(edition))
        keep(events, on: snapshot.network)
    }

    // MARK: - Timetables

    /// Reads a GTFS aside, the present one unless a path is given, and puts it in force; throws and
    /// leaves the old one in force when it cannot be used.
    @discardableResult
    func reload(path: String? = nil) async throws -> ServedTimetable {
        let next = try await ServedTimetable.load(path: path ?? timetable?.path ?? gtfsPath)
        try await use(next)
        return next
    }

    /// Puts a timetable in force: a fresh engine lives through the journal while the old one goes on.
    private func use(_ next: ServedTimetable) async throws {
        keepLearnedTimes()
        await background.drain()
        let revival = try await Revival.make(network: next.network, stores: stores, at: moment())
        let now = moment()
        let missed = try stores.journal.pings(receivedSince: revival.lastPing)
        engine = revival.engine
        timetable = next
        lastPing = revival.lastPing
        advance(with: missed.filter { $0.receivedAt <= now })
        await publish()
    }

    // MARK: - Alerts

    /// Takes over what dispatchers have changed and tells riders at once.
    func alertsChanged() async throws {
        alerts = try stores.alerts.list()
        await publish()
    }
}

extension LiveService {
    /// Why the engine thinks what it thinks of a vehicle; nil for one never heard from.
    func explanation(of vehicleID: String) -> ExplanationResponse? {
        let now = moment()
        guard let engine, let explanation = engine.explanation(of: vehicleID, at: now) else {
            return nil
        }
        return ExplanationResponse(explanation, in: engine.network, at: now)
    }

    /// What the engine has learned so far; nil before there is one.
    func learnedTimes() -> [LinkStatistic]? { engine?.learnedTimes() }
}
