import Geometry
import TransitModel

/// A vehicle's work on one trip instance.
struct Run: Hashable, Sendable {
    let instance: TripInstance
    let pattern: PatternIndex
    let line: Int
    /// Whether the source named the trip.
    let isClaimed: Bool
    /// Seconds from departure at the first stop to arrival at each, after the timetable.
    let reference: [Double]
    /// When the run is to leave its first stop; what was thought when the run was made.
    let plannedDeparture: Timestamp
    /// When the vehicle came to the first stop, if it was seen to.
    var waitingSince: Timestamp?
    /// When the vehicle was last seen at the first stop.
    var lastAtStart: Timestamp?
    /// How far it has come; nil while it waits to depart.
    var progress: Progress?
    /// Fixes in a row far behind the furthest that was seen.
    var fellBehind = 0
    /// Fixes in a row at which another run was far more likely.
    var doubts = 0

    /// Whether the last stop is reached.
    func isFinished(in pattern: TripPattern) -> Bool {
        progress.map { $0.nextStop > pattern.lastPosition } ?? false
    }
}

/// A vehicle's way along a pattern, whose distance never falls.
struct Progress: Hashable, Sendable {
    /// Metres short of a stop at which the vehicle counts as arrived.
    static let arrivalMargin = 10.0
    /// Metres beyond a stop at which it counts as gone.
    static let departureMargin = 15.0
    /// Metres short of the last stop at which the run counts as done: buses set down before it.
    static let terminalMargin = 50.0

    /// Metres along the line, the furthest that was seen.
    private(set) var distance: Double
    /// When the vehicle was last located on the line.
    private(set) var timestamp: Timestamp
    /// Position of the first stop not yet reached; one past the last at the end.
    private(set) var nextStop: Int
    /// The last stop reached, until it is left.
    private(set) var standing: Passage?
    /// The last stop reached and the moment, also after it was left.
    private var lastPassage: Passage?
    /// The stop reached before that.
    private var priorPassage: Passage?

    /// The call before the next one that ``advance(to:at:pattern:)`` will return.
    var before: Passage? { standing == nil ? lastPassage : priorPassage }

    /// Starts at a distance, with all stops behind it taken as passed unseen.
    init(distance: Double, timestamp: Timestamp, pattern: TripPattern) {
        self.distance = distance
        self.timestamp = timestamp
        nextStop =
            pattern.distances.firstIndex { $0 - Self.arrivalMargin > distance }
            ?? pattern.stops.count
    }

    /// Starts with a departure from the first stop.
    init(departedAt departure: Timestamp, pattern: TripPattern) {
        distance = pattern.distances[0]
        timestamp = departure
        nextStop = 1
        lastPassage = Passage(position: 0, arrival: nil, departure: departure, bracket: 0)
    }

    /// Moves on to where a fix shows the vehicle; returns the stops left (or ended at) on the way.
    mutating func advance(
        to located: Double, at moment: Timestamp, pattern: TripPattern
    ) -> [Passage] {
        let step = Step(
            from: (distance, timestamp), to: (max(distance, located), moment))
        var left: [Passage] = []
        leave(step, pattern, &left)
        while nextStop < pattern.stops.count {
            let isLast = nextStop == pattern.lastPosition
            let margin = isLast ? Self.terminalMargin : Self.arrivalMargin
            guard pattern.distances[nextStop] - margin <= step.to.distance else { break }
            let passage = Passage(
                position: nextStop, arrival: step.crossing(pattern.distances[nextStop] - margin),
                departure: nil, bracket: step.to.moment - step.from.moment)
            standing = passage
            priorPassage = lastPassage
            lastPassage = passage
            nextStop += 1
            if isLast {
                left.append(passage)
                standing = nil
            } else {
                leave(step, pattern, &left)
            }
        }
        distance = step.to.distance
        timestamp = moment
        return left
    }

    /// Ends the run at its last stop, where the vehicle stands near it and has stood since a moment.
    mutating func arrive(at arrival: Timestamp, pattern: TripPattern) -> [Passage] {
        let left = standing.map { [$0] } ?? []
        standing = nil
        let bracket = max(0, timestamp - arrival)
        let passage = Passage(
            position: pattern.lastPosition, arrival: min(arrival, timestamp), departure: nil,
            bracket: bracket)
        distance = pattern.distances[pattern.lastPosition]
        priorPassage = lastPassage
        lastPassage = passage
        nextStop = pattern.stops.count
        return left + [passage]
    }

    private mutating func leave(_ step: Step, _ pattern: TripPattern, _ left: inout [Passage]) {
        guard var passage = standing else { return }
        let threshold = pattern.distances[passage.position] + Self.departureMargin
        guard threshold <= step.to.distance else { return }
        passage.departure = max(step.crossing(threshold), passage.arrival ?? step.from.moment)
        standing = nil
        lastPassage = passage
        left.append(passage)
    }

    private struct Step {
        var from: (distance: Double, moment: Timestamp)
        var to: (distance: Double, moment: Timestamp)

        /// When a distance was crossed, at even speed between the two fixes.
        func crossing(_ distance: Double) -> Timestamp {
            let length = to.distance - from.distance
            guard length > 0 else { return to.moment }
            let share = min(1, max(0, (distance - from.distance) / length))
            return from.moment + share * (to.moment - from.moment)
        }
    }
}

/// A call at a stop as progress shows it.
struct Passage: Hashable, Sendable {
    /// Position of the stop in the pattern.
    var position: Int
    /// When the vehicle came; nil at the first stop.
    var arrival: Timestamp?
    /// When it left; nil while it stands there and at the last stop.
    var departure: Timestamp?
    /// Seconds between the fixes before and after the arrival.
    var bracket: Double
}

/// Running times after the timetable.
enum ReferenceTimes {
    /// Metres a second that no timetable should beat between two stops.
    static let topSpeed = 25.0

    /// Seconds from departure at the first stop to arrival at each stop.
    ///
    /// Timetables in whole minutes give neighbouring stops the same time: such stops are spread by
    /// distance up to the next later time.
    static func reference(of trip: TripIndex, in network: Network) -> [Double] {
        let pattern = network.pattern(of: trip)
        let start = Double(network.departure(of: trip).seconds)
        var times = pattern.stops.indices.map {
            Double(network.stopTime(of: trip, at: $0).arrival.seconds) - start
        }
        times[0] = 0
        spread(&times, over: pattern.distances)
        for position in 1..<times.count {
            let gap = pattern.distances[position] - pattern.distances[position - 1]
            times[position] = max(
                times[position], times[position - 1] + max(1, gap / topSpeed))
        }
        return times
    }

    /// Seconds from departure at the first stop to a distance along the pattern.
    static func time(
        at distance: Double, after reference: [Double], in pattern: TripPattern
    ) -> Double {
        guard let next = pattern.distances.firstIndex(where: { $0 > distance }), next > 0 else {
            return distance <= pattern.distances[0] ? 0 : reference[reference.count - 1]
        }
        let metres = pattern.distances[next] - pattern.distances[next - 1]
        let share = metres > 0 ? (distance - pattern.distances[next - 1]) / metres : 1
        return reference[next - 1] + share * (reference[next] - reference[next - 1])
    }

    private static func spread(_ times: inout [Double], over distances: [Double]) {
        var first = 0
        while first < times.count - 1 {
            guard let later = times[first...].firstIndex(where: { $0 > times[first] }) else {
                return
            }
            let metres = distances[later] - distances[first]
            for position in first + 1..<max(first + 1, later) where metres > 0 {
                let share = (distances[position] - distances[first]) / metres
                times[position] = times[first] + share * (times[later] - times[first])
            }
            first = later
        }
    }
}

extension Run {
    /// Seconds after the timetable from departure to a distance along the pattern.
    func referenceTime(at distance: Double, in pattern: TripPattern) -> Double {
        ReferenceTimes.time(at: distance, after: reference, in: pattern)
    }
}
