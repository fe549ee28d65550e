/// The whole minutes in which the feed of pings was alive.
struct FeedMinutes: Sendable {
    /// Seconds in a minute, the step of the sample grid.
    static let step: Int64 = 60

    private var alive: Set<Int64> = []

    /// Marks the minutes up to the last ping that had one in the `patience` seconds before; `heard`
    /// must rise.
    init(heard: [Double], patience: Double) {
        guard let last = heard.last.map(Self.minute(atOrAfter:)) else { return }
        var next = Int64.min
        for moment in heard {
            next = max(next, Self.minute(atOrAfter: moment))
            while next <= last, Double(next) - moment <= patience {
                alive.insert(next)
                next += Self.step
            }
        }
    }

    /// Whether the feed was alive at a whole minute in unix seconds.
    func isAlive(_ minute: Int64) -> Bool { alive.contains(minute) }

    /// The whole minute in unix seconds at or after a moment.
    static func minute(atOrAfter moment: Double) -> Int64 {
        Int64((moment / Double(step)).rounded(.up)) * step
    }
}
