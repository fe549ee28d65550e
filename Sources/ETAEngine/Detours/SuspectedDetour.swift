public import Geometry
public import TransitModel

/// A way around a part of the regular one that several buses took at about the same places.
public struct SuspectedDetour: Hashable, Sendable {
    /// A part of a pattern that is not driven.
    public struct Stretch: Hashable, Sendable {
        /// The pattern.
        public var pattern: PatternIndex
        /// Metres along its line where buses leave it.
        public var from: Double
        /// Metres along its line where they are back.
        public var to: Double
        /// Positions in the pattern of the stops that they do not come to.
        public var skipped: [Int]

        /// Names a stretch.
        public init(pattern: PatternIndex, from: Double, to: Double, skipped: [Int]) {
            self.pattern = pattern
            self.from = from
            self.to = to
            self.skipped = skipped
        }
    }

    /// Stable while the detour lasts: route, direction and `stop_sequence` of the last stop served
    /// before it.
    public var id: String
    /// Where it begins and ends, for each pattern that was seen to take it, the first seen first.
    public var stretches: [Stretch]
    /// Where buses leave the regular way.
    public var leave: Coordinate
    /// Where they are back.
    public var rejoin: Coordinate
    /// When the first of these buses left the regular way.
    public var firstSeen: Timestamp
    /// When the latest did.
    public var lastSeen: Timestamp
    /// Who took it, the earliest first.
    public var vehicles: [String]

    /// Makes a suspicion.
    public init(
        id: String, stretches: [Stretch], leave: Coordinate, rejoin: Coordinate,
        firstSeen: Timestamp, lastSeen: Timestamp, vehicles: [String]
    ) {
        self.id = id
        self.stretches = stretches
        self.leave = leave
        self.rejoin = rejoin
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.vehicles = vehicles
    }

    /// The routes, each once.
    public func routes(in network: Network) -> [RouteIndex] {
        stretches.map { network.patterns[$0.pattern].route }.withoutRepeats
    }

    /// The last stop before it on the first pattern; nil for none.
    public func lastStop(in network: Network) -> StopIndex? {
        guard let first = stretches.first else { return nil }
        let pattern = network.patterns[first.pattern]
        let end = first.skipped.first ?? pattern.distances.firstIndex { $0 > first.from } ?? 0
        return end > 0 ? pattern.stops[end - 1] : nil
    }

    /// The first stop after it on the first pattern; nil for none.
    public func nextStop(in network: Network) -> StopIndex? {
        guard let first = stretches.first else { return nil }
        let pattern = network.patterns[first.pattern]
        let next =
            first.skipped.last.map { $0 + 1 } ?? pattern.distances.firstIndex { $0 > first.to }
        return next.flatMap { $0 <= pattern.lastPosition ? pattern.stops[$0] : nil }
    }

    /// The stops that are not served, each once, in the order of the first pattern that skips them.
    public func skippedStops(in network: Network) -> [StopIndex] {
        stretches.flatMap { stretch in
            stretch.skipped.map { network.patterns[stretch.pattern].stops[$0] }
        }.withoutRepeats
    }
}

extension Array where Element: Hashable {
    /// The elements, each only where it first stands.
    fileprivate var withoutRepeats: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
