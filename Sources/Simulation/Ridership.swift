import TransitModel

/// Who waits where: riders gather at every stop until a bus of their route takes them.
///
/// A late bus finds more of them, stops longer and falls further behind, and the one after it
/// finds few: bunches form by themselves.
struct Ridership: Sendable {
    private struct Kerb: Hashable {
        var route: RouteIndex
        var direction: Int
        var stop: StopIndex
    }

    /// Seats and standing room, in riders.
    static let capacity = 40
    private static let secondsWithDoorsOpen = 4.0
    private static let secondsBoarding = 2.4
    private static let secondsAlighting = 1.2
    private static let ridersPerSecond = 1.0 / 1100
    private static let longestGathering = 1800.0

    private let seed: Seed
    private var random: SeededGenerator
    private var lastServed: [Kerb: Timestamp] = [:]

    init(seed: Seed) {
        self.seed = seed.branch(.demand)
        random = SeededGenerator(self.seed)
    }

    /// Riders who have come since the last bus of the route.
    mutating func waiting(
        at stop: StopIndex,
        for run: Run,
        on route: RouteIndex,
        time: Double,
        now: Timestamp
    ) -> Int {
        let kerb = Kerb(route: route, direction: run.direction, stop: stop)
        let served = lastServed[kerb] ?? (now - random.uniform(60...600))
        lastServed[kerb] = now
        let gathering = min(max(0, now - served), Self.longestGathering)
        return random.poisson(mean: rate(at: kerb, time: time) * gathering)
    }

    /// Seconds that the doors stay open.
    static func dwell(boarding: Int, alighting: Int, random: inout SeededGenerator) -> Double {
        let steady =
            secondsWithDoorsOpen + secondsBoarding * Double(boarding)
            + secondsAlighting * Double(alighting)
        let trouble = random.chance(0.02) ? random.uniform(15...60) : 0
        return steady * random.spread(0.25) + trouble
    }

    /// Of the riders on board, those who want to leave with so many stops to come.
    static func alighting(of load: Int, stopsLeft: Int, random: inout SeededGenerator) -> Int {
        guard stopsLeft > 0 else { return load }
        let share = min(1, 1.6 / Double(stopsLeft + 1))
        return (0..<load).reduce(0) { count, _ in count + (random.chance(share) ? 1 : 0) }
    }

    private func rate(at kerb: Kerb, time: Double) -> Double {
        let place = seed.branch(kerb.stop.position).branch(kerb.direction)
        let draw = place.unit
        let popularity = 0.15 + 3.4 * draw * draw * draw
        return Self.ridersPerSecond * popularity * (0.5 + 1.3 * Traffic.bustle(at: time))
    }
}
