import Geometry
import TransitModel

/// The world that the fleet drives through: roads, traffic and riders.
struct City: Sendable {
    private let network: Network
    private let seed: Seed
    private var roads: [Road?]
    /// Congestion now.
    private(set) var traffic: Traffic
    /// Who waits at the stops.
    var ridership: Ridership
    /// Seconds of service day that traffic and riders feel now.
    private(set) var time = 0.0

    private let busiest: RouteIndex?

    /// - Parameters:
    ///   - network: What is served.
    ///   - busiest: The route whose drivers never pass a stop.
    ///   - seed: What everything random comes from.
    init(network: Network, busiest: RouteIndex?, seed: Seed) {
        self.network = network
        self.busiest = busiest
        self.seed = seed
        roads = network.patterns.indices.map { _ in nil }
        traffic = Traffic(network: network, seed: seed)
        ridership = Ridership(seed: seed)
    }

    /// Moves the traffic to a time of day.
    mutating func update(time: Double, date: ServiceDate) {
        self.time = time
        traffic.update(time: time, date: date)
    }

    /// The road under a pattern, surveyed when it is first driven.
    mutating func road(of pattern: PatternIndex) -> Road {
        if let road = roads[pattern.position] { return road }
        let road = Road(
            pattern: network.patterns[pattern],
            duration: fastestTrip(of: pattern),
            secondsAtStop: maySkipStops(on: network.patterns[pattern].route) ? 10 : 18,
            traffic: traffic,
            seed: seed
        )
        roads[pattern.position] = road
        return road
    }

    /// Whether drivers of a route pass stops where nobody waits; on the busiest they never do.
    func maySkipStops(on route: RouteIndex) -> Bool { route != busiest }

    private func fastestTrip(of pattern: PatternIndex) -> Double {
        let last = network.patterns[pattern].lastPosition
        let durations = network.trips(of: pattern).map { trip in
            network.stopTime(of: trip, at: last).arrival.seconds
                - network.departure(of: trip).seconds
        }
        return Double(max(60, durations.min() ?? 60))
    }
}
