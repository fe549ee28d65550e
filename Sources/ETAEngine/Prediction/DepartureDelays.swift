import TransitModel

/// When buses leave their first stop, beside when they should.
///
/// What was seen is kept as a distribution, so that it can be asked about a bus that has waited longer
/// than most: of those that waited so long, when did the others leave? A terminal's own departures
/// count beside the network's, and those beside a modest guess.
struct DepartureDelays: Hashable, Sendable {
    /// What a departure is compared with.
    enum Plan: Int, CaseIterable {
        /// The timetable, by a bus that is there in time.
        case timetable
        /// The arrival of a bus that is late for the timetable.
        case turnaround
        /// Where there is none: the bus ahead, and the interval that buses keep.
        case headway
        /// Where there is none, either: the arrival, and what buses usually rest.
        case layover
    }

    fileprivate static let scale = RunningHistogram.Scale(start: -300, width: 20, bins: 96)
    /// Departures that are remembered.
    private static let memory = (terminal: Float(100), network: Float(3000))
    /// Departures that earlier days count for at most.
    private static let overnight = (terminal: Float(6), network: Float(100))
    /// Departures of its own that count as much for a terminal as the whole network's.
    private static let networkWorth: Float = 6

    private var network: [RunningHistogram] = Plan.allCases.map(\.guess)
    private var terminals: [[RunningHistogram?]]

    init(network: Network) {
        let none = [RunningHistogram?](repeating: nil, count: network.stops.count)
        terminals = Plan.allCases.map { _ in none }
    }

    /// Learns that a bus left a stop so many seconds after the plan said.
    mutating func learn(_ seconds: Double, after plan: Plan, at stop: StopIndex) {
        network[plan.rawValue].add(seconds, memory: Self.memory.network)
        terminals[plan.rawValue][stop.position, default: RunningHistogram(Self.scale)]
            .add(seconds, memory: Self.memory.terminal)
    }

    /// Seconds after what the plan says within which a share of the buses leave a stop that have not
    /// left it when a time is over, which may be below zero.
    func quantile(
        _ share: Double, after plan: Plan, at stop: StopIndex, overdue: Double
    ) -> Double {
        let own = terminals[plan.rawValue][stop.position] ?? RunningHistogram(Self.scale)
        let all = own.joined(with: network[plan.rawValue], worth: Self.networkWorth)
        return all.above(overdue).quantile(share) ?? max(0, overdue)
    }

    /// Seconds around their median within which most departures from a stop lay.
    func spread(after plan: Plan, at stop: StopIndex) -> Double {
        let own = terminals[plan.rawValue][stop.position] ?? RunningHistogram(Self.scale)
        let all = own.joined(with: network[plan.rawValue], worth: Self.networkWorth)
        return all.quantile(0.5).flatMap { all.halfWidth(around: $0, holding: 0.7) } ?? .infinity
    }

    // MARK: - From day to day

    /// Lets what was learned so far count for less, as a new day may be unlike the last.
    mutating func sleep() {
        for plan in network.indices {
            network[plan].forget(beyond: Self.overnight.network)
            for stop in terminals[plan].indices {
                terminals[plan][stop]?.forget(beyond: Self.overnight.terminal)
            }
        }
    }

    /// What was learned, in a fixed order.
    func lessons(of timetable: Network) -> [Lesson] {
        Plan.allCases.flatMap { plan in
            let number = plan.rawValue
            let all = Lesson(.departures, number: number, values: network[number].counts)
            let own = timetable.stops.elements.indices.compactMap { stop in
                terminals[number][stop].map {
                    Lesson(
                        .departures, at: StopPlace(timetable.stops.elements[stop]), number: number,
                        values: $0.counts)
                }
            }
            return own.isEmpty ? [] : [all] + own
        }
    }

    /// Takes over a lesson about a stop of this network, or about all of it.
    mutating func recall(_ lesson: Lesson, at stop: StopIndex?) {
        guard Plan(rawValue: lesson.number) != nil,
            let delays = RunningHistogram(Self.scale, recalling: lesson.values)
        else { return }
        if let stop {
            terminals[lesson.number][stop.position] = delays
        } else {
            network[lesson.number] = delays
        }
    }
}

extension DepartureDelays.Plan {
    /// What is believed before anything was seen.
    fileprivate var guess: RunningHistogram {
        switch self {
        case .timetable: falling(from: 0, before: 40, after: 60)
        case .turnaround: falling(from: 90, before: 60, after: 150)
        case .headway: falling(from: 0, before: 120, after: 180)
        case .layover: falling(from: 240, before: 120, after: 180)
        }
    }

    /// Falls off on both sides of a mode, by e in so many seconds.
    private func falling(from mode: Double, before: Double, after: Double) -> RunningHistogram {
        RunningHistogram(DepartureDelays.scale, worth: 5) { seconds in
            let away = seconds - mode
            return Fading.exact(away < 0 ? -away / before : away / after)
        }
    }
}

extension Array {
    /// An optional element, or a value to begin with where there is none.
    fileprivate subscript<Wrapped>(index: Int, default value: @autoclosure () -> Wrapped) -> Wrapped
    where Element == Wrapped? {
        get { self[index] ?? value() }
        set { self[index] = newValue }
    }
}
