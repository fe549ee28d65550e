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
    private static let workLimit = 4_000_000

    private let course: Course

    init(line: Polyline) { course = Course(line) }

    private var line: Polyline { course.line }

    /// Places `stops`; `expected` says for each which share of the trip's time has passed there.
    func match(_ stops: [PlanePoint], expected: [Double?]) -> Match? {
        guard !stops.isEmpty, stops.count == expected.count else { return nil }
        let own = stops.map { course.passes(of: $0, within: Self.reach) }
        if let chain = cheapestChain(own.indices.map { withNeighbours($0, stops[$0], own) }, expected)
        {
            return Match(places: chain, isInOrder: true)
        }
        let distances = Set(own.joined().map(\.distanceAlong)).sorted()
        guard distances.count * stops.count <= Self.workLimit else { return nil }
        let all = stops.map { stop in distances.map { line.place(of: stop, at: $0) } }
        return cheapestChain(all, expected).map { Match(places: $0, isInOrder: false) }
    }

    /// A stop's own places and those of the stops before and after it, so that two stops which the
    /// line passes in the wrong order can share one.
    private func withNeighbours(
        _ index: Int,
        _ stop: PlanePoint,
        _ own: [[PolylineLocation]]
    ) -> [PolylineLocation] {
        let nearest = own[index].reduce(Double.infinity) { min($0, $1.offset) }
        let limit = max(Self.reach, 2 * nearest)
        var places = own[index]
        for other in [index - 1, index + 1] where own.indices.contains(other) {
            for pass in own[other] {
                let place = line.place(of: stop, at: pass.distanceAlong)
                if place.offset <= limit { places.append(place) }
            }
        }
        return places.sorted { $0.distanceAlong < $1.distanceAlong }
    }

    /// The cheapest way through one place of each list that never goes back; nil if there is none.
    private func cheapestChain(
        _ lists: [[PolylineLocation]],
        _ expected: [Double?]
    ) -> [PolylineLocation]? {
        var costs = [Double]()
        var origins: [[Int]] = []
        for (index, list) in lists.enumerated() {
            let before =
                index == 0
                ? Array(repeating: (cost: 0.0, origin: -1), count: list.count)
                : cheapestOrigins(of: list, from: lists[index - 1], costs)
            costs = zip(list, before).map { $1.cost + cost(of: $0, expected[index]) }
            origins.append(before.map(\.origin))
        }
        guard let best = costs.indices.min(by: { costs[$0] < costs[$1] }), costs[best].isFinite
        else { return nil }
        var chain: [PolylineLocation] = []
        var position = best
        for index in lists.indices.reversed() {
            chain.append(lists[index][position])
            position = origins[index][position]
        }
        return chain.reversed()
    }

    /// For each place the cheapest place before it in the list of the stop before.
    private func cheapestOrigins(
        of list: [PolylineLocation],
        from previous: [PolylineLocation],
        _ costs: [Double]
    ) -> [(cost: Double, origin: Int)] {
        var best = (cost: Double.infinity, origin: 0)
        var next = 0
        return list.map { place in
            while next < previous.count, previous[next].distanceAlong <= place.distanceAlong {
                if costs[next] < best.cost { best = (costs[next], next) }
                next += 1
            }
            return best
        }
    }

    private func cost(of place: PolylineLocation, _ expected: Double?) -> Double {
        let offset = place.offset * place.offset
        guard let expected else { return offset }
        let lag = (place.distanceAlong - expected * line.length) * Self.timetableWeight
        return offset + lag * lag
    }
}
