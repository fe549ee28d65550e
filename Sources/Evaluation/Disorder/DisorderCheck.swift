public import ETAEngine
public import TransitModel

/// Whether pings that come in any order leave the engine as if each had come when it was taken.
///
/// A day of pings is delivered in seeded disorder to a live engine and to a journal that keeps the
/// first of each vehicle and fix time. A fresh engine then lives through the journal, as the service
/// has one do when late pings have come.
public struct DisorderCheck: Sendable {
    /// What one seed showed.
    public struct Finding: Hashable, Sendable {
        /// The seed.
        public var seed: UInt64
        /// Pings that arrived, with those that came twice.
        public var arrivals = 0
        /// Arrivals that the live engine took for late or stale.
        public var late = 0
        /// How often the last believed fix of a vehicle became an older one while pings came in.
        public var retreats = 0
        /// How often it did when a fresh engine took over in the middle of the day.
        public var corrections = 0
        /// Pings that the journal lacks or has too many.
        public var astray = 0
        /// What differs in the end from the engine to which pings came in order.
        public var differences: [Engine.Part] = []
        /// Whether what riders see differs in the end.
        public var showsOther = false

        /// Whether all is as it must be.
        public var isSound: Bool {
            retreats == 0 && astray == 0 && differences.isEmpty && !showsOther
        }
    }

    /// The pings, one for each vehicle and fix time, as if each came when it was taken.
    public let pings: [Ping]
    /// The engine to which they came in order.
    public let inOrder: Engine

    private let network: Network
    private let disorder: Disorder
    private let shown: Snapshot

    /// Prepares a check with pings in any order.
    public init(network: Network, pings: [Ping], disorder: Disorder = Disorder()) {
        var journal = MemoryJournal()
        for var ping in pings {
            ping.receivedAt = ping.timestamp
            journal.append(ping)
        }
        self.pings = journal.pings.inOrderOfFixes()
        self.network = network
        self.disorder = disorder
        var engine = Engine(network: network)
        for ping in self.pings { engine.receive(ping) }
        inOrder = engine
        shown = engine.snapshot(at: Self.end(of: self.pings))
    }

    /// Delivers the pings in one seeded way and compares.
    public func run(seed: UInt64) -> Finding {
        var finding = Finding(seed: seed)
        let arrivals = disorder.deliver(pings, seed: seed)
        finding.arrivals = arrivals.count
        var journal = MemoryJournal()
        var live = Engine(network: network)
        for (index, ping) in arrivals.enumerated() {
            let before = live.lastFixTime(of: ping.vehicleID)
            journal.append(ping)
            let outcome = live.receive(ping)
            if [.late, .stale].contains(outcome.rejection) { finding.late += 1 }
            if isEarlier(live.lastFixTime(of: ping.vehicleID), than: before) {
                finding.retreats += 1
            }
            if index == arrivals.count / 2 { finding.corrections = takeOver(&live, journal) }
        }
        compare(relived(journal), journal, &finding)
        return finding
    }

    private func compare(_ engine: Engine, _ journal: MemoryJournal, _ finding: inout Finding) {
        var engine = engine
        finding.astray = Set(pings).symmetricDifference(journal.pings.map(\.whenTaken)).count
        finding.differences = engine.differences(from: inOrder)
        let shown = engine.snapshot(at: shown.madeAt)
        finding.showsOther =
            shown.vehicles != self.shown.vehicles || shown.trips != self.shown.trips
    }

    private func relived(_ journal: MemoryJournal) -> Engine {
        var engine = Engine(network: network)
        for ping in journal.pings.inOrderOfFixes() { engine.relive(ping) }
        return engine
    }

    private func takeOver(_ live: inout Engine, _ journal: MemoryJournal) -> Int {
        let fresh = relived(journal)
        let vehicles = Set(journal.pings.map(\.vehicleID))
        let corrections = vehicles.count {
            isEarlier(fresh.lastFixTime(of: $0), than: live.lastFixTime(of: $0))
        }
        live = fresh
        return corrections
    }

    private func isEarlier(_ time: Timestamp?, than before: Timestamp?) -> Bool {
        guard let before else { return false }
        return time.map { $0 < before } ?? true
    }

    private static func end(of pings: [Ping]) -> Timestamp {
        (pings.last?.timestamp ?? Timestamp(0)) + 60
    }
}

/// What the service's journal is on the disk: the first ping of each vehicle and fix time.
private struct MemoryJournal {
    private struct Key: Hashable {
        var vehicleID: String
        var timestamp: Timestamp
    }

    private var keys: Set<Key> = []
    private(set) var pings: [Ping] = []

    mutating func append(_ ping: Ping) {
        let key = Key(vehicleID: ping.vehicleID, timestamp: ping.timestamp)
        if keys.insert(key).inserted { pings.append(ping) }
    }
}

extension Ping {
    /// The same ping as if it had come when its fix was taken.
    fileprivate var whenTaken: Ping {
        var ping = self
        ping.receivedAt = timestamp
        return ping
    }
}
