import Geometry

/// Finds where along a line the stops of a pattern lie, as a whole and in order.
///
/// Each stop may lie wherever the line comes nearest to it for a while: a line that loops or doubles
/// back passes a stop more than once. Among all ways to give every stop one such place, never
/// going back, dynamic programming picks the one whose squared offsets sum to the least. Nothing is
/// decided stop by stop, so a crossing or a shared stem cannot lead a stop astray. Places that are
/// as near as each other are told apart by the timetable, which weighs as little as 2 mm for each
/// metre.
struct StopMatcher {
    /// Where the stops lie.
    struct Match {
        /// One place for each stop, in order along the line.
        var places: [PolylineLocation]
        /// Whether the stops' own nearest places could be put in order.
        var isInOrder: Bool
    }

    /// Metres within which every pass of the line is considered.
    static let reach = 100.0
    private static let timetableWeight = 0.002
    /// Places that are weighed at most where stops cannot be put in order.
    private static let workLimit = 1_000_000

    private let line: PassFinder

    init(line: Polyline) { self.line = PassFinder(line) }

    /// Places `stops`; `expected` says for each which share of the trip's time has passed there.
    func match(_ stops: [PlanePoint], expected: [Double?]) -> Match? {
        guard !stops.isEmpty, stops.count == expected.count else { return nil }
        guard let own = passes(of: stops) else { return nil }
        if let places = own.onlyWay { return Match(places: places, isInOrder: true) }
        if let places = cheapestChain(withNeighbours(own, stops), expected) {
            return Match(places: places, isInOrder: true)
        }
        guard let all = allPlaces(own, stops) else { return nil }
        return cheapestChain(all, expected).map { Match(places: $0, isInOrder: false) }
    }

    /// The places of each stop; nil where they are too many.
    private func passes(of stops: [PlanePoint]) -> Candidates? {
        var own = Candidates()
        for stop in stops {
            line.addPasses(of: stop, within: Self.reach, to: &own.places)
            guard own.places.count <= PassFinder.limit else { return nil }
            own.endList()
        }
        return own
    }

    /// Each stop's own places and those of the stops before and after it, so that two stops which
    /// the line passes in the wrong order can share one.
    private func withNeighbours(_ own: Candidates, _ stops: [PlanePoint]) -> Candidates {
        var joined = Candidates()
        joined.places.reserveCapacity(3 * own.places.count)
        for (index, stop) in stops.enumerated() {
            let range = own.range(of: index)
            let limit = max(Self.reach, 2 * own.places[range].nearest)
            joined.places += own.places[range]
            for other in [index - 1, index + 1] where stops.indices.contains(other) {
                for place in own.range(of: other) {
                    let shared = own.places[place].seen(from: stop)
                    if shared.offset <= limit { joined.places.append(shared) }
                }
            }
            joined.endList()
        }
        return joined
    }

    /// For each stop every place of every stop; nil where that is too much.
    private func allPlaces(_ own: Candidates, _ stops: [PlanePoint]) -> Candidates? {
        guard own.places.count * stops.count <= Self.workLimit else { return nil }
        let places = own.places.sorted { $0.distanceAlong < $1.distanceAlong }
        var all = Candidates()
        for stop in stops {
            all.places += places.map { $0.seen(from: stop) }
            all.endList()
        }
        return all
    }
}

extension StopMatcher {
    /// The cheapest way through one place of each list that never goes back; nil if there is none.
    private func cheapestChain(
        _ candidates: Candidates,
        _ expected: [Double?]
    ) -> [PolylineLocation]? {
        let places = candidates.places
        var costs = [Double](repeating: 0, count: places.count)
        var origins = [Int32](repeating: -1, count: places.count)
        for stop in expected.indices {
            var best = (cost: stop == 0 ? 0 : Double.infinity, origin: Int32(-1))
            var next = stop == 0 ? 0 : candidates.range(of: stop - 1).lowerBound
            let end = candidates.range(of: stop).lowerBound
            for place in candidates.range(of: stop) {
                while next < end, places[next].distanceAlong <= places[place].distanceAlong {
                    if costs[next] < best.cost { best = (costs[next], Int32(next)) }
                    next += 1
                }
                costs[place] = best.cost + cost(of: places[place], expected[stop])
                origins[place] = best.origin
            }
        }
        let last = candidates.range(of: expected.count - 1).min { costs[$0] < costs[$1] }
        guard let last, costs[last].isFinite else { return nil }
        return chain(to: last, origins).map { places[$0].location }
    }

    private func chain(to last: Int, _ origins: [Int32]) -> [Int] {
        var chain: [Int] = []
        var place = last
        while place >= 0 {
            chain.append(place)
            place = Int(origins[place])
        }
        return chain.reversed()
    }

    private func cost(of place: Pass, _ expected: Double?) -> Double {
        let offset = place.offset * place.offset
        guard let expected else { return offset }
        let lag = (place.distanceAlong - expected * line.length) * Self.timetableWeight
        return offset + lag * lag
    }
}

/// Places where each of several stops may lie, one list after the other.
private struct Candidates {
    var places: [Pass] = []
    private var ends: [Int] = []

    /// Ends the list of a stop, and puts it in order along the line.
    mutating func endList() {
        let range = (ends.last ?? 0)..<places.count
        let isSorted = range.dropFirst().allSatisfy {
            places[$0 - 1].distanceAlong <= places[$0].distanceAlong
        }
        if !isSorted { places[range].sort { $0.distanceAlong < $1.distanceAlong } }
        ends.append(places.count)
    }

    func range(of stop: Int) -> Range<Int> { (stop == 0 ? 0 : ends[stop - 1])..<ends[stop] }

    /// The places, where each stop has a single one and they are in order.
    var onlyWay: [PolylineLocation]? {
        guard places.count == ends.count else { return nil }
        for stop in ends.indices where ends[stop] != stop + 1 { return nil }
        for stop in ends.indices.dropFirst()
        where places[stop].distanceAlong < places[stop - 1].distanceAlong {
            return nil
        }
        return places.map(\.location)
    }
}
