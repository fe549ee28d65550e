import TransitModel

/// A light beside the road that turns red and green in a fixed cycle.
struct TrafficLight: Hashable, Sendable {
    /// Metres along the line of the stop bar.
    var distance: Double
    /// Seconds from one green to the next.
    var cycle: Double
    /// Seconds of red at the end of each cycle.
    var red: Double
    /// Seconds by which the cycle is shifted.
    var phase: Double

    /// Whether buses must wait.
    func isRed(at moment: Timestamp) -> Bool {
        (moment.seconds + phase).truncatingRemainder(dividingBy: cycle) >= cycle - red
    }

    /// Seconds that a bus waits here on average.
    var meanWait: Double { red * red / (2 * cycle) }

    /// Lights at random places of a line, none right at a stop.
    static func scatter(
        from start: Double,
        to end: Double,
        avoiding stops: [Double],
        seed: Seed
    ) -> [TrafficLight] {
        var random = SeededGenerator(seed)
        var lights: [TrafficLight] = []
        var distance = start + 150
        while true {
            distance += 300 + random.exponential(mean: 900)
            guard distance < end - 100 else { return lights }
            let cycle = random.uniform(60...130).rounded()
            let light = TrafficLight(
                distance: distance,
                cycle: cycle,
                red: (cycle * random.uniform(0.25...0.5)).rounded(),
                phase: random.uniform(0...cycle).rounded()
            )
            if !stops.contains(where: { abs($0 - distance) < 30 }) { lights.append(light) }
        }
    }
}
