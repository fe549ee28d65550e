/// The work that finding stops on lines may take in all: more than any honest feed asks for.
struct MatchingBudget: Sendable {
    /// Stops times points of the line that are worth matching for one pattern; a thousand stops on
    /// the finest of shapes.
    private static let workLimit = 100_000_000
    /// The same over all patterns of a small feed; a large city's come to a thirtieth of it.
    private static let workBudget = 300_000_000
    /// What each stop time of a large feed adds, so that work grows as the feed does.
    private static let workPerStopTime = 1000

    private var left: Int

    /// A budget for a feed with so many stop times.
    init(stopTimeCount: Int) {
        left = Self.workBudget + Self.workPerStopTime * stopTimeCount
    }

    /// Takes the work for stops times points of a line; false, and nothing taken, where it is too
    /// much for one pattern or for what is left.
    mutating func spend(_ work: Int) -> Bool {
        guard work <= min(left, Self.workLimit) else { return false }
        left -= work
        return true
    }
}
