public import TransitModel

/// Pings in, predictions out: clean, locate, track, learn, predict.
///
/// Pure and deterministic: the same network, learned times and pings give the same snapshots. Time
/// comes in as an argument, and a ping counts only from when it was received.
public struct Engine: Sendable {
    /// The timetable in force.
    public let network: Network

    /// How many pings came to what end.
    public struct Counts: Hashable, Sendable {
        /// Pings given to the engine.
        public var received = 0
        /// Pings that moved a vehicle.
        public var accepted = 0
        /// Accepted pings whose vehicle was on a run afterwards.
        public var matched = 0
        /// Pings that were not acted on, by reason.
        public var rejected: [PingRejection: Int] = [:]

        /// Makes zero counts.
        public init() {}
    }

    /// How many pings came to what end since the engine was made.
    public private(set) var counts = Counts()

    /// Makes an engine that knows what earlier days taught.
    public init(network: Network, learned: [LinkStatistic] = []) {
        self.network = network
    }

    /// Takes a ping in; its `receivedAt` must not be before that of the ping before.
    @discardableResult
    public mutating func receive(_ ping: Ping) -> PingOutcome {
        .accepted
    }

    /// Everything known at `now`, which must not be before the last ping was received.
    public mutating func snapshot(at now: Timestamp) -> Snapshot {
        Snapshot(network: network, madeAt: now, lastReceivedAt: nil, vehicles: [], trips: [])
    }

    /// The calls at stops observed since this was last asked, oldest first.
    public mutating func takeStopEvents() -> [StopEvent] { [] }

    /// What the engine has learned of links, to be kept for another day.
    public func learnedTimes() -> [LinkStatistic] { [] }

    /// Why the engine thinks what it thinks of a vehicle; nil for one never heard from.
    public func explanation(of vehicleID: String, at now: Timestamp) -> VehicleExplanation? { nil }
}
