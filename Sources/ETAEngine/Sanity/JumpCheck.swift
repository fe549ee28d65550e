import Geometry
import TransitModel

/// Tells a place that a bus can have reached from one that it cannot, and decides when the latter
/// is believed.
///
/// Three fixes in a row that agree on a new place are. Where two places are reported in turn, two
/// trackers speak for one vehicle: the one that is believed stays so until it falls silent.
struct JumpCheck: Hashable, Sendable {
    /// A believed place and its time.
    struct Fix: Hashable, Sendable {
        var timestamp: Timestamp
        var point: PlanePoint
    }

    /// The other place that the vehicle was reported at.
    private struct Rival: Hashable {
        var fix: Fix
        /// Fixes there since the believed place was last reported.
        var inARow = 1
        /// How often it was reported again after the believed place had been.
        var turns = 0
    }

    /// Metres a second that no bus exceeds, with room for error.
    static let topSpeed = 40.0
    /// Metres that a fix may err, however soon it follows.
    static let slack = 300.0
    /// Consistent fixes after which a jump is believed.
    static let believedAfter = 3
    /// Turns from which two trackers speak for one vehicle.
    static let turnsOfConflict = 2
    /// Seconds of silence after which the other tracker is believed.
    static let yieldsAfter = 60.0
    /// Seconds after which another place that was reported no longer counts.
    private static let memory = 180.0

    private(set) var last: Fix?
    private var rival: Rival?

    /// Judges a fix taken later than the last believed one; nil when it is believed.
    mutating func fault(of fix: Fix) -> PingRejection? {
        guard let last, !Self.isReachable(fix, from: last) else {
            last = fix
            rival?.inARow = 0
            return nil
        }
        let rival = observed(fix)
        self.rival = rival
        let isConflict = rival.turns >= Self.turnsOfConflict
        guard rival.inARow >= Self.believedAfter,
            !isConflict || fix.timestamp - last.timestamp >= Self.yieldsAfter
        else { return isConflict ? .conflict : .jump }
        self.last = fix
        self.rival = Rival(fix: last, inARow: 0, turns: rival.turns)
        return nil
    }

    /// Whether a fix of the very moment of the last believed one contradicts it.
    func isContradicted(by fix: Fix) -> Bool {
        last.map { $0.timestamp == fix.timestamp && !Self.isReachable(fix, from: $0) } ?? false
    }

    private func observed(_ fix: Fix) -> Rival {
        guard var rival, Self.isReachable(fix, from: rival.fix),
            rival.inARow > 0 || fix.timestamp - rival.fix.timestamp <= Self.memory
        else {
            // One that came out of order must not undo what newer ones have shown.
            if let rival, fix.timestamp <= rival.fix.timestamp { return rival }
            return Rival(fix: fix)
        }
        guard fix.timestamp > rival.fix.timestamp else { return rival }
        if rival.inARow == 0 { rival.turns += 1 }
        rival.inARow += 1
        rival.fix = fix
        return rival
    }

    private static func isReachable(_ fix: Fix, from other: Fix) -> Bool {
        fix.point.distance(to: other.point)
            <= slack + topSpeed * abs(fix.timestamp - other.timestamp)
    }
}
