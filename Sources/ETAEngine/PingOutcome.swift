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
    /// Off by whole half hours, fix after fix: the tracker's clock tells another zone's time.
    case wrongZone = "wrong_zone"
    /// Taken before the week numbers of GPS last began anew: the receiver has lost count of weeks.
    case beforeGPSRestart = "before_gps_restart"
    /// No usable coordinate.
    case nowhere
    /// Far outside the network's surroundings.
    case outside
    /// At one place to the last digit although the tracker says that it drives.
    case frozen
    /// Reached only at a speed no bus has.
    case jump
    /// From a second tracker that reports under the vehicle's name from elsewhere.
    case conflict
}

/// A reservation with which a ping is believed all the same; each is counted.
public enum PingDoubt: String, Hashable, Sendable, CaseIterable {
    /// Latitude and longitude stood in each other's place; believed with both exchanged.
    case swapped
    /// At one place to the last digit for long, in the middle of a run.
    case frozen
}

/// What became of a ping.
public enum PingOutcome: Hashable, Sendable {
    /// It moved the vehicle.
    case accepted
    /// It moved the vehicle, with a reservation.
    case doubted(PingDoubt)
    /// It did not, and why.
    case rejected(PingRejection)

    /// Whether it moved the vehicle.
    public var isBelieved: Bool { rejection == nil }

    /// Why it did not move the vehicle; nil when it did.
    public var rejection: PingRejection? {
        if case .rejected(let reason) = self { reason } else { nil }
    }

    /// The reservation with which it is believed, if any.
    public var doubt: PingDoubt? { if case .doubted(let doubt) = self { doubt } else { nil } }
}
