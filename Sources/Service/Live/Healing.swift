import ETAEngine
import TransitModel

/// When an engine has to live through the journal again, because pings came after newer ones.
///
/// A late ping never moves what is known now. Lived through in its turn it may tell of calls at
/// stops and of the way through a dead zone.
struct Healing: Sendable {
    /// Seconds between two healings.
    static let pause = 60.0
    /// So many times as long as it took is waited after a healing.
    static let restShare = 20.0

    /// Late pings since the journal was last lived through.
    private(set) var latePings = 0
    /// Healings so far.
    private(set) var count = 0
    private var passedOver = 0
    private var isUnderWay = false
    private var nextAt = Timestamp(-.infinity)

    /// Takes note of what became of a ping that is new to the journal.
    mutating func note(_ outcome: PingOutcome, of ping: Ping) {
        switch outcome.rejection {
        case .late: latePings += 1
        // Of what is older than that nothing is lived through.
        case .stale where ping.receivedAt - ping.timestamp < LiveService.memory: latePings += 1
        default: break
        }
    }

    /// Takes note of how many pings have given way to newer ones since the start.
    mutating func note(passedOver count: Int) {
        latePings += count - passedOver
        passedOver = count
    }

    /// Whether to begin at a moment.
    func isDue(at now: Timestamp) -> Bool { latePings > 0 && !isUnderWay && now >= nextAt }

    /// Begins.
    mutating func begin() { isUnderWay = true }

    /// What came late so far is in what is known.
    mutating func livedThrough() { latePings = 0 }

    /// Ends at a moment after so many seconds.
    mutating func end(at now: Timestamp, took seconds: Double) {
        isUnderWay = false
        count += 1
        nextAt = now + max(Self.pause, Self.restShare * seconds)
    }
}

/// Calls at stops that have been written down lately, so that those lived through again are not
/// written again.
struct RecentCalls: Sendable {
    private var calls: Set<StopEvent> = []

    /// Those that are news.
    mutating func news(in events: [StopEvent]) -> [StopEvent] {
        events.filter { calls.insert($0).inserted }
    }

    /// Forgets those from before a moment.
    mutating func forget(before limit: Timestamp) {
        calls = calls.filter { ($0.departure ?? $0.happenedAt ?? limit) >= limit }
    }
}
