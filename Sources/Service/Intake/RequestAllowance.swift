/// How often somebody may ask: so many times a second, and some more at once after a pause.
///
/// The token bucket: it fills steadily and each request takes one out.
struct RequestAllowance: Sendable {
    private var left: Double
    private var filledAt: Double

    /// A full bucket at a moment of some steady clock, in seconds.
    init(_ rate: RequestRate, at now: Double) {
        left = rate.burst
        filledAt = now
    }

    /// Takes one request out; false when there is none left.
    mutating func take(_ rate: RequestRate, at now: Double) -> Bool {
        left = min(rate.burst, left + max(0, now - filledAt) * rate.perSecond)
        filledAt = now
        guard left >= 1 else { return false }
        left -= 1
        return true
    }

    /// Whether it is as a new one would be.
    func isFull(_ rate: RequestRate, at now: Double) -> Bool {
        left + (now - filledAt) * rate.perSecond >= rate.burst
    }
}

/// How many requests a second are fine in the long run, and how many at once.
public struct RequestRate: Hashable, Sendable {
    /// In the long run; unlimited when 0.
    public var perSecond: Double
    /// At once after a pause.
    public var burst: Double

    /// A rate with a burst of so many seconds' worth.
    public init(perSecond: Double, seconds: Double = 5) {
        self.perSecond = perSecond
        burst = max(1, perSecond * seconds)
    }

    /// Whether there is a limit at all.
    var isLimited: Bool { perSecond > 0 }
}

/// The allowances of many, in bounded memory.
struct Allowances<Key: Hashable & Sendable>: Sendable {
    /// So many are remembered.
    static var most: Int { 4096 }

    private let rate: RequestRate
    private var known: [Key: RequestAllowance] = [:]

    init(_ rate: RequestRate) { self.rate = rate }

    /// How many are remembered.
    var count: Int { known.count }

    /// Takes one request out of somebody's allowance; false when none is left.
    mutating func take(_ key: Key, at now: Double) -> Bool {
        guard rate.isLimited else { return true }
        if known.count >= Self.most, known[key] == nil { forget(at: now) }
        return known[key, default: RequestAllowance(rate, at: now)].take(rate, at: now)
    }

    /// Lets go of those who have not asked for long; of all when there are none such, since whoever
    /// floods us from thousands of places is not stopped by this anyway.
    private mutating func forget(at now: Double) {
        known = known.filter { !$0.value.isFull(rate, at: now) }
        if known.count >= Self.most { known.removeAll() }
    }
}
