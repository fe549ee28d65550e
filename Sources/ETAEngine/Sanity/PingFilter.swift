import Geometry
import TransitModel

/// Decides whether a ping can be true, from the ping and what the vehicle reported before.
struct PingFilter: Hashable, Sendable {
    private var clock = ClockCheck()
    private var receiver = FrozenReceiver()
    private var jumps = JumpCheck()

    /// Judges a ping and, where it is believed, remembers it.
    ///
    /// `reading` is where it lies in the network's surroundings, if it does. In hindsight a ping
    /// is judged at the time of its fix, however late it came.
    mutating func judge(
        _ ping: Ping, at reading: Surroundings.Reading?, inHindsight: Bool = false
    ) -> PingOutcome {
        guard let reading else {
            return .rejected(ping.coordinate.isPlausible ? .outside : .nowhere)
        }
        let fix = JumpCheck.Fix(timestamp: ping.timestamp, point: reading.point)
        if let fault = fault(of: ping, at: fix, inHindsight: inHindsight) {
            return .rejected(fault)
        }
        return reading.isSwapped ? .doubted(.swapped) : .accepted
    }

    /// Whether the vehicle has reported one place for long.
    func isStandstillDoubtful(at moment: Timestamp) -> Bool { receiver.isDoubtful(at: moment) }

    private mutating func fault(
        of ping: Ping, at fix: JumpCheck.Fix, inHindsight: Bool
    ) -> PingRejection? {
        let fault = clock.fault(of: ping, inHindsight: inHindsight)
        if let fault, fault != .stale { return fault }
        // That the vehicle is known to be elsewhere by then says more than that a fix is stale.
        return late(fix) ?? fault ?? (receiver.isFrozen(ping) ? .frozen : nil)
            ?? jumps.fault(of: fix)
    }

    /// Why a fix no newer than the last believed one is not acted on; nil for a newer one.
    private func late(_ fix: JumpCheck.Fix) -> PingRejection? {
        guard let last = jumps.last, fix.timestamp <= last.timestamp else { return nil }
        if jumps.isContradicted(by: fix) { return .conflict }
        return fix.timestamp == last.timestamp ? .duplicate : .late
    }
}
