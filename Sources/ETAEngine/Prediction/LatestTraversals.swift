import TransitModel

/// What the last buses over a link did against what was expected, fading with age.
struct LatestTraversals: Hashable, Sendable {
    /// Seconds in which a past traversal loses most of its say.
    private static let recency = 1800.0

    /// Sum of the differences, and of their weights, faded to `moment`.
    private var excess = 0.0
    private var weight = 0.0
    private var moment = Timestamp(0)

    /// Enters a traversal that ended at `exit`; O(1), whatever was entered before.
    mutating func add(_ difference: Double, at exit: Timestamp, _ fading: Fading) {
        let kept = fading.rest(after: (exit - moment) / Self.recency)
        excess = excess * kept + difference
        weight = weight * kept + 1
        moment = max(moment, exit)
    }

    /// What is to be added at `now`; the say of no traversals is worth that of one.
    @inline(__always)
    func shift(at now: Timestamp, _ fading: Fading) -> Double {
        guard weight > 0 else { return 0 }
        let kept = fading.rest(after: (now - moment) / Self.recency)
        return excess * kept / (1 + weight * kept)
    }
}
