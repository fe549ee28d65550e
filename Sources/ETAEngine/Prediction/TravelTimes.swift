import TransitModel

/// How long buses take: what is known of links, and how drivers keep to the timetable.
struct TravelTimes: Sendable {
    var links: LinkTimes
    var adherence: Adherence
    private let patterns: Table<TripPattern>
    private let components: PredictionComponents
    private let fading = Fading()

    init(
        network: Network, learned: [LinkStatistic] = [], components: PredictionComponents = .all
    ) {
        patterns = network.patterns
        links = LinkTimes(network: network, learned: learned, components: components)
        adherence = Adherence(network: network)
        self.components = components
    }

    /// Learns one traversal; `pace` is that of the bus.
    mutating func learn(_ traversal: Traversal, pace: inout Pace) {
        guard traversal.seconds >= 1, traversal.reference >= 1 else { return }
        let usual = links.expectation(
            reference: traversal.reference, pattern: traversal.pattern, after: traversal.position,
            in: links.period(at: traversal.entry).number, entry: traversal.entry)
        let stop = patterns[traversal.pattern].stops[traversal.position]
        let shift = shift(
            lateness: traversal.lateness, at: stop, driving: usual.seconds)
        pace.add(traversal.seconds, expected: max(1, usual.seconds + shift), fading)
        if let lateness = traversal.lateness {
            adherence.learn(
                traversal.seconds - usual.seconds, lateness: lateness, after: stop,
                driving: usual.seconds)
        }
        links.learn(traversal, waiting: max(0, shift))
    }

    /// Seconds by which a link takes longer than buses take otherwise, since its bus is early or late.
    @inline(__always)
    func shift(lateness: Double?, at stop: StopIndex, driving: Double) -> Double {
        guard let lateness, components.contains(.adherence) else { return 0 }
        return lateness < 0
            ? adherence.hold(at: stop, early: -lateness)
            : -adherence.recovered(late: lateness, driving: driving)
    }

    /// What is left of a bus's pace so many seconds ahead.
    @inline(__always)
    func excess(ofPace excess: Double, ahead seconds: Double) -> Double {
        guard excess != 0, components.contains(.pace) else { return 0 }
        return excess * fading.rest(after: seconds / Pace.outlook)
    }
}
