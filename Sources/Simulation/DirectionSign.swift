import TransitModel

/// The text about its destination that a tracker sends; changed by hand, after setting out.
struct DirectionSign: Sendable {
    private let lag: ClosedRange<Double>
    private var shown: String?
    private var changesAt: Timestamp?

    /// Starts with whatever is true, then lags by so many seconds.
    init(lag: ClosedRange<Double>) { self.lag = lag }

    /// The text sent at a moment when `actual` would be right.
    mutating func text(
        _ actual: String,
        at now: Timestamp,
        random: inout SeededGenerator
    ) -> String {
        let current = shown ?? actual
        shown = current
        guard actual != current else {
            changesAt = nil
            return current
        }
        let due = changesAt ?? now + random.uniform(lag)
        changesAt = due
        guard now >= due else { return current }
        changesAt = nil
        shown = actual
        return actual
    }
}
