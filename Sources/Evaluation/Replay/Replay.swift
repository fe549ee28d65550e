public import ETAEngine
public import TransitModel

/// Recorded pings sent through the production engine on a virtual clock.
///
/// Pings reach the engine in order of receipt; at every multiple of ``Options/every`` seconds T the
/// engine is asked for its snapshot after all pings received at or before T and before any later
/// one. The same pings, network and learned times give the same rows, byte for byte. A replay reads
/// no files and no clock: the caller brings the pings and takes the rows away.
public struct Replay: Sendable {
    /// How a replay is run.
    public struct Options: Hashable, Sendable {
        /// Seconds between snapshots.
        public var every = 60
        /// Whether trip, route, direction and direction text are taken off the pings first.
        public var ignoreTripIDs = false
        /// Whether a vehicle that is known, but of which nothing is foretold, leaves a row with blank
        /// times, so that silence can be told from absence.
        public var publishSilence = false
        /// The parts of the prediction that are in force.
        public var components = PredictionComponents.all

        /// Makes the options that a replay has when nothing is said.
        public init() {}
    }

    /// What became of the pings.
    public struct Summary: Hashable, Sendable {
        /// Pings given to the replay.
        public var pingsRead = 0
        /// Pings that moved a vehicle.
        public var accepted = 0
        /// Accepted pings whose vehicle was on a run afterwards.
        public var matched = 0
        /// Accepted pings that are believed with a reservation, by what it is.
        public var doubted: [PingDoubt: Int] = [:]
        /// Pings that were not acted on, by reason.
        public var rejected: [PingRejection: Int] = [:]
        /// Snapshots taken.
        public var snapshots = 0
        /// Prediction rows written.
        public var rows = 0
    }

    /// The engine; after the run it still holds what it has learned.
    public private(set) var engine: Engine
    private let options: Options
    private var clock: ReplayClock
    private var writer: PredictionRowWriter

    /// Makes a replay on a fresh engine that knows what earlier days taught.
    public init(
        network: Network,
        learned: Experience = Experience(),
        options: Options = Options()
    ) {
        engine = Engine(
            network: network, learned: learned, components: options.components)
        self.options = options
        clock = ReplayClock(interval: options.every)
        writer = PredictionRowWriter(network: network, showsSilence: options.publishSilence)
    }

    /// Runs all pings, which must be sorted by `receivedAt`, through the engine.
    ///
    /// - Parameters:
    ///   - pings: the recorded pings.
    ///   - rows: takes the prediction CSV, header first, in chunks that end with a line.
    ///   - onSnapshot: takes each snapshot, in order of time.
    ///   - onStopEvents: takes the calls at stops observed since the snapshot before.
    /// - Returns: what became of the pings.
    /// - Throws: whatever the closures throw; the replay then stops.
    public mutating func run(
        _ pings: some Sequence<Ping>,
        rows: ([UInt8]) throws -> Void,
        onSnapshot: (Snapshot) throws -> Void = { _ in },
        onStopEvents: ([StopEvent]) throws -> Void = { _ in }
    ) throws -> Summary {
        var summary = Summary()
        for ping in pings {
            for tick in clock.advance(to: ping.receivedAt) {
                try publish(at: tick, &summary, rows, onSnapshot, onStopEvents)
            }
            summary.pingsRead += 1
            engine.receive(options.ignoreTripIDs ? ping.withoutClaims() : ping)
        }
        if let tick = clock.finish() {
            try publish(at: tick, &summary, rows, onSnapshot, onStopEvents)
        }
        try writer.flush(into: rows)
        summary.rows = writer.rowCount
        summary.accepted = engine.counts.accepted
        summary.matched = engine.counts.matched
        summary.doubted = engine.counts.doubted
        summary.rejected = engine.counts.rejected
        return summary
    }

    private mutating func publish(
        at tick: Int64,
        _ summary: inout Summary,
        _ rows: ([UInt8]) throws -> Void,
        _ onSnapshot: (Snapshot) throws -> Void,
        _ onStopEvents: ([StopEvent]) throws -> Void
    ) throws {
        let snapshot = engine.snapshot(at: Timestamp(unix: tick))
        summary.snapshots += 1
        writer.append(snapshot)
        if writer.isFull { try writer.flush(into: rows) }
        try onSnapshot(snapshot)
        let events = engine.takeStopEvents()
        if !events.isEmpty { try onStopEvents(events) }
    }
}

extension Ping {
    /// The same ping without what its source says about trip, route and direction.
    func withoutClaims() -> Ping {
        var ping = self
        ping.tripID = nil
        ping.routeID = nil
        ping.directionID = nil
        ping.directionText = nil
        return ping
    }
}
