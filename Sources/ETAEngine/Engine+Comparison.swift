public import TransitModel

extension Engine {
    /// A part of what an engine knows.
    public enum Part: String, Hashable, Sendable, CaseIterable {
        /// Vehicles with their fixes, readings, runs and progress.
        case vehicles
        /// Which vehicle works which run.
        case holders
        /// Running times of links.
        case links
        /// The latest traversals of each stretch of road.
        case roads
        /// Waits before departures.
        case terminals
        /// Calls at stops that nobody has taken yet.
        case stopEvents
        /// How many pings came to what end.
        case counts
    }

    /// What differs from an engine of the same network; nothing when both know the same.
    ///
    /// When pings were received is left out: that is how one came to know it, not what is known.
    public func differences(from other: Engine) -> [Part] {
        var parts: [Part] = []
        if vehicles != other.vehicles { parts.append(.vehicles) }
        if holders != other.holders { parts.append(.holders) }
        if !times.links.hasLearnedTheSame(as: other.times.links) { parts.append(.links) }
        if !roads.holdsTheSame(as: other.roads) { parts.append(.roads) }
        if terminals != other.terminals || delays != other.delays { parts.append(.terminals) }
        if events != other.events { parts.append(.stopEvents) }
        if counts != other.counts { parts.append(.counts) }
        return parts
    }

    /// When the last believed fix of a vehicle was taken; nil before the first.
    public func lastFixTime(of vehicleID: String) -> Timestamp? {
        vehicle(id: vehicleID)?.last?.timestamp
    }
}
