/// Why a ping was not acted on; each is counted.
public enum PingRejection: String, Hashable, Sendable, CaseIterable, Error {
    /// The same vehicle and time came before.
    case duplicate
    /// Older than what is already known of the vehicle; kept in the journal only.
    case late
    /// Taken later than it was received, beyond what clocks may differ by.
    case future
    /// Taken so long ago that it says nothing about now.
    case stale
    /// No usable coordinate.
    case nowhere
    /// Far outside the network's surroundings.
    case outside
    /// Reached only at a speed no bus has.
    case jump
}

/// What became of a ping.
public enum PingOutcome: Hashable, Sendable {
    /// It moved the vehicle.
    case accepted
    /// It did not, and why.
    case rejected(PingRejection)
}
