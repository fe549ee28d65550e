import TransitModel

/// The virtual clock of a replay: which snapshots are due before a ping may be seen.
///
/// It ticks at every multiple of `interval` seconds since 1970, from the first multiple at or after
/// the first ping to the first at or after the last, so that the last ping is seen once.
struct ReplayClock {
    /// Seconds between ticks.
    let interval: Int64
    private var nextTick: Int64?
    private var lastReceived: Timestamp?

    init(interval: Int) {
        precondition(interval > 0, "a replay needs a positive number of seconds between snapshots")
        self.interval = Int64(interval)
    }

    /// Moves to a ping and returns the ticks that lie strictly before it: a ping received at the
    /// very second of a tick belongs to that tick.
    mutating func advance(to receivedAt: Timestamp) -> StrideTo<Int64> {
        precondition(
            lastReceived.map { $0 <= receivedAt } ?? true,
            "pings must come in order of receipt"
        )
        lastReceived = receivedAt
        let upcoming = tick(atOrAfter: receivedAt)
        let first = nextTick ?? upcoming
        nextTick = upcoming
        return stride(from: first, to: upcoming, by: Int64.Stride(interval))
    }

    /// The tick that sees the last ping; nil when there was none.
    mutating func finish() -> Int64? {
        defer { nextTick = nil }
        return nextTick
    }

    private func tick(atOrAfter moment: Timestamp) -> Int64 {
        let seconds = Int64(moment.seconds.rounded(.up))
        let rest = seconds % interval
        return rest > 0 ? seconds + interval - rest : seconds - rest
    }
}
