import TransitModel

/// A call at a stop as progress shows it.
struct Passage: Hashable, Sendable {
    /// Position of the stop in the pattern.
    var position: Int
    /// When the vehicle came; nil at the first stop.
    var arrival: Timestamp?
    /// When it left; nil while it stands there and at the last stop.
    var departure: Timestamp?
    /// Seconds between the fixes before and after the arrival.
    var bracket: Double
    /// Seconds of standard error of `arrival`.
    var arrivalError: Double?
    /// Seconds of standard error of `departure`.
    var departureError: Double?
    /// Whether the arrival and the departure lie between the same two fixes.
    var isWithinOneGap = false
    /// What is known of how the vehicle stood there.
    var standing = Standing()
    /// When the vehicle was back on its line past the stop; nil for one that it did come to.
    var skippedAt: Timestamp?

    /// What the vehicle did at the stop, in a pattern that ends at `last`.
    func call(last: Int) -> StopEvent.Call {
        if skippedAt != nil { return .skipped }
        if position == 0 { return departure == nil ? .unknown : .made }
        return position == last && standing.call == .passed ? .unknown : standing.call
    }
}

/// What the fixes around a stop tell of whether a vehicle stood there.
struct Standing: Hashable, Sendable {
    /// Metres from a stop within which a vehicle that stands stands at the stop.
    static let reach = 40.0
    /// Metres a second below which a vehicle stands.
    private static let standstill = 1.0
    /// Seconds that it takes at least to open and close the doors.
    private static let shortestCall = 4.0

    /// Seconds that the vehicle can have stood there at most.
    private(set) var longest = 0.0
    /// Whether a fix shows it standing there.
    private(set) var isSeen = false
    /// Whether the last fix is still about the stop, where the vehicle may stand on.
    private var isThere = false

    /// What the vehicle did, as far as fixes show it: who cannot have stood passed.
    var call: StopEvent.Call {
        if longest < Self.shortestCall { return isThere ? .unknown : .passed }
        return isSeen ? .made : .unknown
    }

    /// Takes in a gap between fixes that comes near a stop; `speed` is that of its last fix.
    mutating func observe(_ gap: Gap, stop: Double, speed: Double?) {
        guard gap.to.distance >= stop - Self.reach else { return }
        longest += gap.longestStand(at: stop, slack: max(30, 3 * gap.noise))
        isThere = abs(gap.to.distance - stop) <= Self.reach
        guard isThere else { return }
        if let speed {
            isSeen = isSeen || speed < Self.standstill
        } else if abs(gap.from.distance - stop) <= Self.reach, gap.seconds >= 5 {
            isSeen = isSeen || gap.metres < Self.standstill * gap.seconds
        }
    }
}
