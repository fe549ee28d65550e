import TransitModel

/// When to try again what failed for a reason that may pass, such as a full disk.
struct Retry: Sendable {
    private static let pauses = 3.0...600.0

    private var reason: String?
    private var pause = 0.0
    private var next = Timestamp(-.infinity)

    /// Whether the pause after the last failure is over.
    func isDue(at now: Timestamp) -> Bool {
        // It is, too, when the clock has been set back.
        now >= next || next - now > pause
    }

    /// Notes a failure, after which the pause is twice as long; whether it is another than the last.
    mutating func failed(_ reason: String, at now: Timestamp) -> Bool {
        defer { self.reason = reason }
        pause = min(max(pause * 2, Self.pauses.lowerBound), Self.pauses.upperBound)
        next = now + pause
        return reason != self.reason
    }
}
