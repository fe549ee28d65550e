import TransitModel

/// What the last buses over a link took, fading with age.
struct LatestTraversals: Hashable, Sendable {
    /// Seconds in which a past traversal loses most of its say.
    private static let recency = 10_800.0

    /// Traversals that say as much as that nothing is unusual.
    private static let doubt = 3.0

    /// Sum of the ratios to the timetable, and of their weights, faded to `moment`.
    private var sum = 0.0
    private var weight = 0.0
    private var moment = Timestamp(0)

    /// Enters a traversal that ended at `exit`; O(1), whatever was entered before.
    mutating func add(_ ratio: Double, at exit: Timestamp, _ fading: Fading) {
        let kept = fading.rest(after: (exit - moment) / Self.recency)
        sum = sum * kept + ratio
        weight = weight * kept + 1
        moment = max(moment, exit)
    }

    /// What is to be added at `now` to the ratio that is usual.
    @inline(__always)
    func shift(from usual: Double, at now: Timestamp, _ fading: Fading) -> Double {
        guard weight > 0 else { return 0 }
        let kept = fading.rest(after: (now - moment) / Self.recency)
        return kept * (sum - weight * usual) / (Self.doubt + kept * weight)
    }
}
