import Geometry
import TransitModel

/// One run of the timetable, with everything a baseline asks of it at hand.
final class ScheduledRun: Sendable {
    /// Metres beyond the first stop within which a bus still waits for its start.
    private static let startRadius = 100.0

    let instance: TripInstance
    let pattern: PatternIndex
    let line: Polyline
    /// Metres along `line` of each stop.
    let distances: [Double]
    /// Unix seconds at each stop.
    let arrivals: [Double]
    /// Unix seconds at each stop.
    let departures: [Double]
    /// Number of the link from each stop to the next; the same pair of stops has the same number
    /// on every run.
    let links: [Int]

    init(
        _ instance: TripInstance, _ index: PatternIndex, _ pattern: TripPattern, links: [Int],
        arrivals: [Double], departures: [Double]
    ) {
        self.instance = instance
        self.pattern = index
        self.links = links
        self.arrivals = arrivals
        self.departures = departures
        line = pattern.line
        distances = pattern.distances
    }

    convenience init(_ instance: TripInstance, of network: Network, links: [Int]) {
        let pattern = network.pattern(of: instance.trip)
        let times = pattern.stops.indices.map { network.scheduled(instance, at: $0) }
        self.init(
            instance, network.trips[instance.trip].pattern, pattern, links: links,
            arrivals: times.map(\.arrival.seconds), departures: times.map(\.departure.seconds))
    }

    /// Scheduled departure from the first stop in unix seconds.
    var start: Double { departures[0] }

    /// Scheduled arrival at the last stop in unix seconds.
    var end: Double { arrivals[arrivals.count - 1] }

    /// What lies ahead of a bus so many metres along the line.
    func place(at distance: Double) -> RunPlace {
        guard distance >= distances[0] + Self.startRadius else { return .start }
        let next = max(1, distances.firstIndex(above: distance))
        guard next < distances.count else { return .end }
        let length = max(1, distances[next] - distances[next - 1])
        return .under(next: next, share: min(max(0, (distance - distances[next - 1]) / length), 1))
    }

    /// Metres along the line at which the timetable has the bus at a moment in unix seconds.
    func scheduledDistance(at moment: Double) -> Double {
        let next = arrivals.firstIndex(above: moment)
        guard next > 0 else { return distances[0] }
        guard next < arrivals.count else { return distances[next - 1] }
        let share = (moment - arrivals[next - 1]) / (arrivals[next] - arrivals[next - 1])
        return distances[next - 1] + share * (distances[next] - distances[next - 1])
    }
}

/// Where on its run a bus is.
enum RunPlace: Equatable {
    /// At the first stop.
    case start
    /// Under way to a stop, with a share of the link there behind it.
    case under(next: Int, share: Double)
    /// At the last stop or beyond.
    case end
}
