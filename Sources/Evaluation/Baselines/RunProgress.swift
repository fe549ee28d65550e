import Geometry
import TransitModel

/// A link that a bus has just gone through.
struct LinkTraversal: Equatable, Sendable {
    /// As in ``ScheduledRun/links``.
    var link: Int
    /// From stop to stop, the wait at the first of them included.
    var seconds: Double
    /// Unix seconds at its end.
    var end: Double
    var serviceDate: ServiceDate
}

/// How far a bus has come on one run, going by its fixes up to now.
struct RunProgress {
    /// Metres from the line beyond which a fix is not on it.
    private static let corridor = 120.0
    /// Metres that a fix may lie behind the one before.
    private static let slack = 150.0
    /// Metres a second that no bus passes, with some metres for the fixes' errors.
    private static let fastest = (speed: 28.0, slack: 200.0)
    /// Metres a second beyond which a place is less likely.
    private static let usualSpeed = 12.0
    /// Fixes in a row without a place after which the bus is looked for anew.
    private static let lostAfter = 4
    /// Seconds between two fixes beyond which the stops between are not timed.
    private static let longestGap = 300.0
    /// Seconds that a link may plausibly take.
    private static let linkSeconds = 1.0...1200

    private let run: ScheduledRun
    /// Metres along the line, never falling; nil before the first fix on it.
    private(set) var distance: Double?
    private var moment = 0.0
    private var misses = 0
    /// Unix seconds at which each stop was passed, not a number where that was not seen.
    private var passages: [Double]

    init(_ run: ScheduledRun) {
        self.run = run
        passages = [Double](repeating: .nan, count: run.distances.count)
    }

    /// Places a fix on the line.
    ///
    /// - Returns: the links gone through since the fix before; nil when the fix is not on the line.
    mutating func advance(to point: PlanePoint, at moment: Double) -> [LinkTraversal]? {
        guard let found = place(of: point, at: moment) else {
            miss(point)
            return nil
        }
        misses = 0
        let reached = max(found, distance ?? found)
        let traversals = distance.map { pass(from: $0, to: reached, at: moment) }
        distance = reached
        self.moment = moment
        return traversals ?? []
    }

    private mutating func miss(_ point: PlanePoint) {
        misses += 1
        guard misses >= Self.lostAfter, distance != nil,
            run.line.locate(point).offset < Self.corridor
        else { return }
        distance = nil
        misses = 0
    }

    /// Metres along the line: where the fix is near it and the bus can have come to since the last.
    private func place(of point: PlanePoint, at moment: Double) -> Double? {
        guard let distance else {
            let scheduled = run.scheduledDistance(at: moment)
            return cheapestPlace(of: point) { 0.01 * abs($0 - scheduled) }
        }
        let seconds = moment - self.moment
        let farthest = distance + Self.fastest.speed * seconds + Self.fastest.slack
        let usual = distance + Self.usualSpeed * seconds
        return cheapestPlace(of: point) { place in
            guard place > distance - Self.slack, place < farthest else { return .infinity }
            return 0.02 * (max(0, place - usual) + max(0, distance - place))
        }
    }

    /// The best of each segment's nearest places, by metres from the line and what `penalty` says
    /// of a place; nil when none is within the corridor and allowed.
    private func cheapestPlace(
        of point: PlanePoint, penalty: (_ distanceAlong: Double) -> Double
    ) -> Double? {
        var best: (place: Double, cost: Double)?
        for segment in 0..<max(0, run.line.points.count - 1) {
            let location = run.line.locate(point, onSegment: segment)
            guard location.offset < Self.corridor else { continue }
            let cost = location.offset + penalty(location.distanceAlong)
            if cost < best?.cost ?? .infinity { best = (location.distanceAlong, cost) }
        }
        return best?.place
    }

    /// Times the stops between two places, the bus taken to have gone steadily between its fixes.
    private mutating func pass(
        from start: Double, to end: Double, at moment: Double
    ) -> [LinkTraversal] {
        guard end > start, moment - self.moment <= Self.longestGap else { return [] }
        let speed = (end - start) / (moment - self.moment)
        let passed =
            run.distances.firstIndex(above: start)..<run.distances.firstIndex(above: end)
        return passed.compactMap { stop in
            passages[stop] = self.moment + (run.distances[stop] - start) / speed
            return traversal(to: stop)
        }
    }

    /// The link before a stop just passed; nil where its beginning was not seen.
    private func traversal(to stop: Int) -> LinkTraversal? {
        // The first link holds the wait for the start.
        guard stop >= 2 else { return nil }
        let seconds = passages[stop] - passages[stop - 1]
        guard Self.linkSeconds.contains(seconds) else { return nil }
        return LinkTraversal(
            link: run.links[stop - 1], seconds: seconds, end: passages[stop],
            serviceDate: run.instance.serviceDate)
    }
}
