/// Parts of a prediction, each of which can be left out to measure what it brings.
public struct PredictionComponents: OptionSet, Hashable, Sendable {
    /// One bit for each part.
    public let rawValue: UInt16

    /// Makes a set of parts from its bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// What past buses took over each link.
    public static let links = Self(rawValue: 1 << 0)
    /// What they took at this hour and kind of day.
    public static let periods = Self(rawValue: 1 << 1)
    /// What the last buses over a link took.
    public static let latest = Self(rawValue: 1 << 2)
    /// How fast this bus went so far.
    public static let pace = Self(rawValue: 1 << 3)
    /// Early buses that wait for their time, and late ones that catch up.
    public static let adherence = Self(rawValue: 1 << 4)

    /// How long after their time buses leave their first stop.
    public static let departures = Self(rawValue: 1 << 5)

    /// What the errors of past predictions say about the next ones.
    public static let calibration = Self(rawValue: 1 << 6)

    /// All of them.
    public static let all = Self(rawValue: .max)

    /// Each of them by the name that command lines use, in the order in which they work.
    public static let named: [(name: String, component: Self)] = [
        ("links", .links), ("periods", .periods), ("latest", .latest), ("pace", .pace),
        ("adherence", .adherence), ("departures", .departures), ("calibration", .calibration),
    ]
}
