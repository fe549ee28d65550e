import TransitModel

/// How buses keep to the timetable: where they wait when early, and how they catch up when late.
///
/// Both are slopes: of the seconds that a link took longer than buses take otherwise, over the seconds
/// that the bus was early at its start; and of the seconds that it took less, over those that it was
/// late, for each second of driving. Whether drivers do either is not assumed, but learned: for each
/// stop from the network's habit, for the network from nothing.
struct Adherence: Sendable {
    /// Seconds early or late beyond which more makes no difference, or is no fault of the traffic.
    private static let earliest = 300.0
    private static let latest = 900.0
    /// Seconds beyond which what a link took longer has other reasons.
    private static let longest = 600.0
    /// Variance in square seconds of what links take, over that of the slopes between networks, and
    /// between the stops of one.
    private static let networkWeight = 40_000.0
    private static let stopWeight = 10_000.0
    /// The same for catching up, whose x are products of seconds late and seconds driven.
    private static let recoveryWeight = 1e12
    /// Sums of squares that are remembered at most.
    private static let memory = (stop: 1e6, network: 1e8, recovery: 1e14)

    /// By stop: how much of an early bus's time it waits there.
    private var stops: [RunningSlope]
    private var waiting = RunningSlope()
    private var recovery = RunningSlope()
    /// What follows from the above, to be asked for at each stop that is foretold.
    private var holds: [Double]
    private var networkHold = 0.0
    /// Share of a lateness that is made good in each second of driving.
    private(set) var catchingUp = 0.0

    init(network: Network) {
        stops = [RunningSlope](repeating: RunningSlope(), count: network.stops.count)
        holds = [Double](repeating: .nan, count: network.stops.count)
    }

    /// Seconds that a bus waits at a stop to which it comes early.
    @inline(__always)
    func hold(at stop: StopIndex, early seconds: Double) -> Double {
        let share = holds[stop.position]
        return min(seconds, Self.earliest) * (share.isNaN ? networkHold : share)
    }

    /// Seconds that a bus so late makes good while it drives.
    @inline(__always)
    func recovered(late seconds: Double, driving: Double) -> Double {
        min(seconds, Self.latest) * min(0.5, catchingUp * driving)
    }

    /// Learns from a link after a stop that took so many seconds longer than it does otherwise.
    mutating func learn(_ excess: Double, lateness: Double, after stop: StopIndex, driving: Double)
    {
        let excess = max(-Self.longest, min(Self.longest, excess))
        if lateness < 0 {
            let early = min(-lateness, Self.earliest)
            waiting.add(early, excess, memory: Self.memory.network)
            networkHold = Self.share(waiting.shrunk(to: 0, weight: Self.networkWeight))
            stops[stop.position].add(early, excess, memory: Self.memory.stop)
            refresh(stop.position)
        } else {
            let x = min(lateness, Self.latest) * driving
            recovery.add(x, -excess, memory: Self.memory.recovery)
            catchingUp = max(0, recovery.shrunk(to: 0, weight: Self.recoveryWeight))
        }
    }

    private mutating func refresh(_ stop: Int) {
        holds[stop] = Self.share(stops[stop].shrunk(to: networkHold, weight: Self.stopWeight))
    }

    private static func share(_ slope: Double) -> Double { max(0, min(1, slope)) }

    // MARK: - From day to day

    /// What was learned, in a fixed order.
    func lessons(of network: Network) -> [Lesson] {
        let all = [
            Lesson(.waiting, values: waiting.values), Lesson(.recovery, values: recovery.values),
        ]
        let own = stops.indices.filter { stops[$0].squares > 0 }.map { stop in
            Lesson(
                .waiting, at: StopPlace(network.stops.elements[stop]), values: stops[stop].values)
        }
        return (all + own).filter { $0.values[0] > 0 }
    }

    /// Takes over a lesson about a stop of this network, or about all of it.
    mutating func recall(_ lesson: Lesson, at stop: StopIndex?) {
        guard let slope = RunningSlope(lesson.values) else { return }
        switch (lesson.subject, stop) {
        case (.recovery, _): recovery = slope
        case (.waiting, nil): waiting = slope
        case (.waiting, let stop?): stops[stop.position] = slope
        default: return
        }
        judge()
    }

    /// Draws its conclusions from all that was learned.
    private mutating func judge() {
        catchingUp = max(0, recovery.shrunk(to: 0, weight: Self.recoveryWeight))
        networkHold = Self.share(waiting.shrunk(to: 0, weight: Self.networkWeight))
        for stop in stops.indices where stops[stop].squares > 0 { refresh(stop) }
    }
}
