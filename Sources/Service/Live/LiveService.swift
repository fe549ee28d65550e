import ETAEngine
import Feeds
import Foundation
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
    /// How well riders were told.
    nonisolated let gradebook: Gradebook
    /// Where trackers and sources hand over pings.
    nonisolated let intake: PingIntake
    /// Outside sources of pings, for figures.
    nonisolated let sources = SourceBoard()
    nonisolated let logger: Logger
    nonisolated let clock: @Sendable () -> Timestamp

    /// What `--gtfs` names, as an absolute path.
    nonisolated let gtfsPath: String
    /// Timetables are put in force one after the other.
    nonisolated let turnstile = Turnstile()
    private let press = FeedPress()
    private let cadence: Duration
    private let onReady: @Sendable (ServedTimetable) async -> Void
    private(set) var startedAt: Timestamp
    private(set) var timetable: ServedTimetable?
    private(set) var engine: Engine?
    var timetables = Timetables()

    /// When late pings are lived through in their turn.
    private(set) var healing = Healing()
    private(set) var cure: Task<Void, Never>?
    private var recentCalls = RecentCalls()
    private var dismissedDetours: Set<String> = []

    private var recognition: Recognition?
    private var formerIDs = FormerIDs()
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
        gtfsPath: String, stores: Stores, logger: Logger, limits: IngestLimits = IngestLimits(),
        cadence: Duration = .seconds(LiveService.cadenceSeconds),
        clock: @escaping @Sendable () -> Timestamp = systemClock,
        onReady: @escaping @Sendable (ServedTimetable) async -> Void = { _ in }
    ) {
        self.gtfsPath = URL(fileURLWithPath: gtfsPath).standardizedFileURL.path
        self.stores = stores
        background = BackgroundWriter(logger: logger)
        gradebook = Gradebook(stores.accuracy)
        intake = PingIntake(
            stores, showcase: showcase, limits: limits, clock: clock, logger: logger)
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
        try? await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup { group in
                group.addTask { try await self.beat() }
                group.addTask { await self.followInbox() }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
        await cure?.value
        keepExperience()
        enterGrades()
        keepGrades()
        await background.drain()
    }

    /// Loads the timetable and lives through the journal, so that buses are where they were.
    func start() async throws {
        try await turnstile.pass { try await self.beginTimetables() }
    }

    /// Ticks at a steady pace, soon after the clock's full seconds, so that the headers' timestamps
    /// are a cadence apart although they leave out fractions.
    private func beat() async throws {
        let second = clock().seconds
        var next = ContinuousClock.now + .seconds(second.rounded(.up) - second + 0.05)
        while !Task.isCancelled {
            next += cadence
            let missed = ((ContinuousClock.now - next) / cadence).rounded(.down)
            if missed > 0 { next += cadence * missed }
            try await Task.sleep(until: next, clock: .continuous)
            await tick()
        }
    }

    /// One beat: what is known now becomes what readers see.
    func tick() async {
        if latest - clock() > Self.toleratedFall { await followFallenClock() }
        await publish()
        beginHealing()
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
            try await turnstile.pass {
                if let timetable = await self.timetable { try await self.use(timetable) }
            }
        } catch {
            logger.error("the engine goes on as it was: \(error)")
        }
    }

    // MARK: - Pings in

    /// So many pings move the engine before others get their turn.
    private static let pingsAtOnce = 1000

    private nonisolated func followInbox() async {
        await intake.inbox.doorbell.answer {
            while await takeIn(atMost: Self.pingsAtOnce) {}
        }
    }

    /// Moves the engine with pings that have come; false when there are none.
    @discardableResult
    func takeIn(atMost count: Int = .max) -> Bool {
        let pings = intake.inbox.take(atMost: count)
        advance(with: pings)
        healing.note(passedOver: intake.inbox.passedOver)
        return !pings.isEmpty
    }

    private func advance(with pings: [Ping]) {
        // Taken out meanwhile, since in place it would be moved to and fro for every ping.
        guard !pings.isEmpty, var engine = engine.take() else { return }
        defer { self.engine = engine }
        let now = moment()
        for var ping in pings {
            lastPing = max(lastPing, min(ping.receivedAt, now))
            ping.receivedAt = lastPing
            let outcome = engine.receive(formerIDs.translated(ping, to: engine.network))
            healing.note(outcome, of: ping)
        }
    }

    // MARK: - Snapshots out

    /// Makes everything known now what readers see.
    func publish() async {
        takeIn()
        let now = moment()
        guard let timetable, let snapshot = engine?.snapshot(at: now) else { return }
        let events = engine?.takeStopEvents() ?? []
        enterGrades()
        let edition = Published.Edition(
            snapshot: snapshot, alerts: alerts.filter { !$0.informed.isEmpty },
            header: FeedHeader(
                timestamp: feedClock.next(at: now), feedVersion: snapshot.network.version),
            counts: engine?.counts ?? Engine.Counts(), timetable: timetable,
            formerIDs: formerIDs)
        showcase.show(await press.print(edition))
        keep(recentCalls.news(in: events), on: snapshot.network)
        forgetDetours(except: engine?.dismissedDetours ?? [])
    }

    // MARK: - Late pings

    /// Has late pings lived through, when there are some and it is time again.
    func beginHealing() {
        guard healing.isDue(at: moment()) else { return }
        healing.begin()
        cure = Task { await self.heal() }
    }

    private func heal() async {
        let begun = ContinuousClock.now
        do {
            try await turnstile.pass { try await self.liveAgain() }
        } catch {
            logger.error("late pings are kept but not yet in what is known: \(error)")
        }
        healing.end(at: moment(), took: (ContinuousClock.now - begun) / .seconds(1))
    }

    /// Exchanges the engine for one that knows late pings in their turn; only inside the turnstile.
    private func liveAgain() async throws {
        guard let network = engine?.network, let recognition else { return }
        let revival = try await Revival.again(
            on: network, recognition, formerIDs, journal: stores.journal, at: moment())
        let missed = try stores.journal.pings(after: revival.lastRow)
        let now = moment()
        guard let former = engine else { return }
        engine = revival.engine
        lastPing = max(lastPing, revival.lastPing)
        healing.livedThrough()
        advance(with: missed.filter { $0.receivedAt <= now })
        engine?.succeed(former)
        recentCalls.forget(before: now - Self.memory)
    }

    // MARK: - Timetables

    /// Puts a timetable in force; only inside the turnstile.
    ///
    /// A fresh engine lives through the journal while the old one goes on, then one step exchanges
    /// both.
    func use(_ next: ServedTimetable) async throws {
        keepExperience()
        await background.drain()
        let revival = try await Revival.make(
            of: next, after: predecessor, stores: stores, at: moment())
        // Only the timetable at the start may be the one that an older program wrote alerts for.
        if timetable == nil { try stores.alerts.fillPlaces(from: next.network) }
        let kept = try stores.alerts.list()
        let missed = try stores.journal.pings(after: revival.lastRow)
        let now = moment()
        enterGrades()
        engine = revival.engine
        healing.livedThrough()
        recentCalls = RecentCalls()
        timetable = next
        recognition = revival.recognition
        formerIDs = revival.formerIDs
        lastPing = revival.lastPing
        alerts = kept.map { $0.alert(in: revival.recognition, loggingTo: logger) }
        advance(with: missed.filter { $0.receivedAt <= now })
        await publish()
        await noteIDs(of: next, formerTrips: revival.formerIDs.trips, at: now)
    }

    /// Keeps what ids mean for later timetables; the service goes on when that fails.
    @concurrent
    private nonisolated func noteIDs(
        of timetable: ServedTimetable, formerTrips: [String: TripIndex], at now: Timestamp
    ) async {
        do {
            try stores.ids.note(timetable.network, at: now)
            try stores.ids.keepTrips(formerTrips, of: timetable.network, timetable.fingerprint)
        } catch {
            logger.error("later timetables will not know the ids of this one: \(error)")
        }
    }

    private var predecessor: Revival.Predecessor? {
        (timetable?.network).map { Revival.Predecessor(network: $0, formerIDs: formerIDs) }
    }

    // MARK: - Alerts

    /// Takes over what dispatchers have changed and tells riders at once.
    func alertsChanged() async throws {
        alerts = try alertsKept()
        await publish()
    }

    /// All alerts by the ids of the timetable in force; one that touches nothing in it is kept, but
    /// riders are not told.
    func alertsKept() throws -> [Alert] {
        let kept = try stores.alerts.list()
        guard let recognition else { return kept.map(\.alert) }
        return kept.map { $0.alert(in: recognition) }
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

    /// Says no more of a suspected detour while it lasts.
    func dismissDetour(_ id: String) async throws {
        let now = moment()
        try stores.detours.dismiss(id, at: now)
        engine?.dismissDetour(id, at: now)
        dismissedDetours.insert(id)
        await publish()
    }

    /// Has those dismissed detours forgotten that are over.
    private func forgetDetours(except lasting: Set<String>) {
        let over = dismissedDetours.subtracting(lasting)
        dismissedDetours = lasting
        guard !over.isEmpty else { return }
        background.write("a detour that is over stays dismissed") { [stores] in
            try stores.detours.forget(over)
        }
    }

    /// Has calls that were graded since the last time entered in the gradebook.
    private func enterGrades() {
        guard let network = engine?.network, let calls = engine?.takeGrades(), !calls.isEmpty
        else { return }
        background.write("\(calls.count) graded calls are lost") { [gradebook] in
            gradebook.enter(calls, on: network)
        }
    }

    /// What the engine has learned so far; nil before there is one.
    func experience() -> Experience? { engine?.experience() }
}
