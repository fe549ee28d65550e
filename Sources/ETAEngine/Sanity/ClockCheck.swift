import TransitModel

/// Decides whether a fix can have been taken when it says, from when it was received.
struct ClockCheck: Hashable, Sendable {
    /// Seconds by which a tracker's clock may be ahead.
    static let tolerance = 30.0
    /// Seconds after which a fix says nothing about now.
    static let staleAfter = 900.0
    /// Seconds between two restarts of the ten-bit week number of GPS (IS-GPS-200, 6.2.4).
    static let weekCycle = 1024 * 7 * 86_400.0
    /// Seconds since 1970 at which weeks of GPS were first counted; leap seconds are left out.
    static let gpsEpoch = 315_964_800.0
    /// Fixes in a row that must be off by the same half hours.
    static let believedShift = 3

    /// Seconds since 1970, some 3,000 years, beyond which no clock tells a time.
    private static let endOfTime = 1e11
    private static let halfHour = 1800.0
    /// Half hours between the two zones farthest apart.
    private static let widestShift = 52.0

    /// Fixes in a row that are off by the same number of half hours.
    private struct Shift: Hashable {
        var halfHours: Double
        var timestamp: Timestamp
        var receivedAt: Timestamp
        var count: Int
    }

    private var shift: Shift?

    /// What is wrong with the time of a ping; nil when nothing is.
    ///
    /// In hindsight a fix is not stale: it tells of its own time, however late it came.
    mutating func fault(of ping: Ping, inHindsight: Bool) -> PingRejection? {
        guard abs(ping.timestamp.seconds) < Self.endOfTime,
            abs(ping.receivedAt.seconds) < Self.endOfTime
        else { return .stale }
        let age = ping.receivedAt - ping.timestamp
        if age > 86_400, ping.timestamp < Self.lastRestart(before: ping.receivedAt) {
            return .beforeGPSRestart
        }
        if isInWrongZone(ping, age: age) { return .wrongZone }
        if age < -Self.tolerance { return .future }
        return age > Self.staleAfter && !inHindsight ? .stale : nil
    }

    /// When the week number of GPS last began anew, before a moment.
    static func lastRestart(before moment: Timestamp) -> Timestamp {
        let cycles = ((moment.seconds - gpsEpoch) / weekCycle).rounded(.down)
        return Timestamp(gpsEpoch + cycles * weekCycle)
    }

    /// Whether fixes come in step with time but are off by whole half hours.
    ///
    /// A buffer that is emptied after a dead zone is off by less and less, or comes all at once.
    private mutating func isInWrongZone(_ ping: Ping, age: Double) -> Bool {
        let halfHours = (age / Self.halfHour).rounded()
        let rest = age - halfHours * Self.halfHour
        guard 1...Self.widestShift ~= abs(halfHours), -Self.tolerance...120 ~= rest else {
            return false
        }
        if let shift, shift.halfHours == halfHours, shift.receivedAt >= ping.receivedAt {
            return shift.count >= Self.believedShift
        }
        let isInStep = shift.map { $0.halfHours == halfHours && Self.isInStep(ping, $0) } ?? false
        let count = isInStep ? (shift?.count ?? 0) + 1 : 1
        shift = Shift(
            halfHours: halfHours, timestamp: ping.timestamp, receivedAt: ping.receivedAt,
            count: count)
        return count >= Self.believedShift
    }

    private static func isInStep(_ ping: Ping, _ shift: Shift) -> Bool {
        let taken = ping.timestamp - shift.timestamp
        let received = ping.receivedAt - shift.receivedAt
        return taken > 0 && received <= staleAfter && abs(taken - received) <= max(3, received / 2)
    }
}
