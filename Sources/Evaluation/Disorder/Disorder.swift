public import TransitModel

/// A bad way from bus to service: it delays, shuffles and doubles.
public struct Disorder: Hashable, Sendable {
    /// Share of pings that come at once.
    public var promptShare = 0.2
    /// Seconds by which most others are late.
    public var usualDelay = 0.0...600.0
    /// Share of pings that are late by more.
    public var slowShare = 0.1
    /// Seconds by which those are late.
    public var longDelay = 600.0...1200.0
    /// Share of pings that come a second time, on a way of their own.
    public var doubledShare = 0.15

    /// Makes a way that is bad in every respect.
    public init() {}

    /// What arrives of pings, in the order of arrival; every one does, and the seed decides when.
    public func deliver(_ pings: [Ping], seed: UInt64) -> [Ping] {
        var random = SplitMix64(seed: seed)
        var arrivals: [Ping] = []
        for ping in pings {
            arrivals.append(late(ping, &random))
            if Double.random(in: 0..<1, using: &random) < doubledShare {
                arrivals.append(late(ping, &random))
            }
        }
        // Those of one moment arrive in any order, too.
        arrivals.shuffle(using: &random)
        return arrivals.sorted { $0.receivedAt < $1.receivedAt }
    }

    private func late(_ ping: Ping, _ random: inout SplitMix64) -> Ping {
        var late = ping
        let lot = Double.random(in: 0..<1, using: &random)
        if lot >= promptShare {
            let delays = lot < promptShare + slowShare ? longDelay : usualDelay
            late.receivedAt = late.receivedAt + Double.random(in: delays, using: &random)
        }
        return late
    }
}
