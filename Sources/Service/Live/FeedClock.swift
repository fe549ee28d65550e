import TransitModel

/// Gives every published feed a header timestamp later than the one before, whatever the system's
/// clock does: it holds the last plus one second until the clock has caught up.
struct FeedClock {
    private(set) var last: Int64

    /// Makes a clock whose timestamps come after `last`.
    init(after last: Int64 = .min) { self.last = last }

    /// The timestamp of what is published at `now`, in whole seconds begun.
    mutating func next(at now: Timestamp) -> Int64 {
        last = max(Int64(now.seconds.rounded(.down)), last == .min ? .min : last + 1)
        return last
    }
}
