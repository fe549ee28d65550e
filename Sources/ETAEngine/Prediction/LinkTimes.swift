import TransitModel

/// How long buses take from stop to stop: what the timetable says, corrected by what they did.
///
/// The timetable's time is multiplied by a ratio. Past days give the ratio by shrinkage (network,
/// then link, then link and period; the fewer traversals, the closer to the parent), and the last
/// buses over the link shift it, fading with their age and with how far ahead the prediction
/// reaches. Ratios are averaged as they are, not as logarithms: links are summed, and only means
/// add up.
struct LinkTimes: Sendable {
    /// Minutes of driving that the network's statistic remembers at most.
    private static let networkMemory = 5000.0
    /// Statistics of other timetables' links that are kept at most, those of most traversals.
    private static let mostElsewhere = 50_000
    /// Traversals of a link that earlier days count for at most.
    private static let overnight = 25.0
    /// Minutes of driving that say as much as that the timetable is right.
    private static let networkPrior = 3000.0

    /// What never changes, in one place, so that link times are cheap to hand on.
    private final class Base: Sendable {
        let network: Network
        let table: LinkTable
        let recognition: Recognition
        let fading = Fading()

        init(_ network: Network) {
            self.network = network
            table = LinkTable(network: network)
            recognition = Recognition(network)
        }
    }

    /// What is known of a link, side by side, since it is asked for together.
    private struct Known: Hashable {
        var statistic = RunningStatistic()
        var latest = LatestTraversals()
    }

    private let base: Base
    private let components: PredictionComponents
    private var whole = RunningStatistic() {
        didSet { networkRatio = whole.shrunk(to: 1, weight: Self.networkPrior) }
    }
    /// What all driving leads to expect.
    private var networkRatio = 1.0
    private var byLink: [Known]
    private var byPeriod: PeriodStatistics
    /// Statistics of links that this timetable has not: it may be a diversion that ends.
    private var elsewhere: [LinkStatistic] = []

    /// Whether the same was learned as in other link times of the same network.
    func hasLearnedTheSame(as other: LinkTimes) -> Bool {
        whole == other.whole && byLink == other.byLink && byPeriod == other.byPeriod
            && elsewhere == other.elsewhere
    }

    init(
        network: Network, learned: [LinkStatistic], components: PredictionComponents = .all
    ) {
        base = Base(network)
        self.components = components
        byLink = [Known](repeating: Known(), count: base.table.links.count)
        byPeriod = PeriodStatistics(links: base.table.links.count)
        recall(learned)
    }

    // MARK: - What earlier days taught

    /// The stop of this network that a place is, if it has it.
    func stop(at place: StopPlace) -> StopIndex? { base.recognition.stop(place) }

    /// Takes over statistics in place of those learned so far; the latest traversals stay.
    mutating func recall(_ learned: [LinkStatistic]) {
        whole = RunningStatistic()
        for link in byLink.indices { byLink[link].statistic = RunningStatistic() }
        byPeriod = PeriodStatistics(links: byLink.count)
        elsewhere = []
        for statistic in learned { merge(statistic) }
        whole.forget(beyond: Self.networkMemory)
        for link in byLink.indices { byLink[link].statistic.forget() }
        byPeriod.forget()
        guard elsewhere.count > Self.mostElsewhere else { return }
        elsewhere.sort { $0.count > $1.count }
        elsewhere.removeSubrange(Self.mostElsewhere...)
    }

    /// Takes over the statistics of other link times of the same network; the latest traversals
    /// stay.
    mutating func takeStatistics(from other: LinkTimes) {
        whole = other.whole
        for link in byLink.indices { byLink[link].statistic = other.byLink[link].statistic }
        byPeriod = other.byPeriod
        elsewhere = other.elsewhere
    }

    private mutating func merge(_ known: LinkStatistic) {
        guard let from = base.recognition.stop(known.from),
            let to = base.recognition.stop(known.to),
            let link = base.table.link(from: from, to: to),
            PeriodStatistics.periods.contains(known.period)
        else {
            elsewhere.append(known)
            return
        }
        let statistic = RunningStatistic(known)
        byPeriod.change(link, known.period) { $0.merge(statistic) }
        byLink[link].statistic.merge(statistic)
        whole.merge(statistic)
    }

    /// Lets what was learned so far count for less, as a new day may be unlike the last.
    mutating func sleep() {
        for link in byLink.indices {
            byLink[link].statistic.forget(beyond: Self.overnight)
        }
        byPeriod.forget(beyond: Self.overnight)
    }

    /// What was learned, in a fixed order; what is known of other timetables' links comes last.
    func statistics() -> [LinkStatistic] {
        byPeriod.known.map { link, period, statistic in
            LinkStatistic(
                from: StopPlace(base.network.stops[base.table.links[link].from]),
                to: StopPlace(base.network.stops[base.table.links[link].to]), period: period,
                count: statistic.count, mean: statistic.mean, variance: statistic.variance)
        } + elsewhere
    }

    // MARK: - Learning and telling

    /// Learns one traversal, without the seconds that the bus waited for its time.
    mutating func learn(_ traversal: Traversal, waiting: Double) {
        guard traversal.seconds >= 1, traversal.reference >= 1 else { return }
        let driving = max(1, traversal.seconds - waiting)
        let ratio = max(0.2, min(5, driving / traversal.reference))
        let link = base.table.link(of: traversal.pattern, after: traversal.position)
        let period = period(at: traversal.exit).number
        byLink[link].latest.add(ratio, at: traversal.exit, base.fading)
        // By minutes, not by links: what is wanted is how all driving compares with the timetable.
        whole.add(ratio, weight: traversal.reference / 60, memory: Self.networkMemory)
        byLink[link].statistic.add(ratio)
        byPeriod.change(link, period) { $0.add(ratio) }
    }

    /// An expectation of one link.
    struct Expectation {
        var seconds: Double
        /// Variance of the ratio.
        var variance: Double
    }

    /// How long a bus that enters the link after a position of a pattern at a moment, in a period of
    /// the week, takes.
    @inline(__always)
    func expectation(
        reference: Double, pattern: PatternIndex, after position: Int, in period: Int,
        entry: Timestamp
    ) -> Expectation {
        let link = base.table.link(of: pattern, after: position)
        let known = byLink[link]
        // The ratio that earlier traversals lead to expect.
        var ratio = 1.0
        if components.contains(.links) { ratio = known.statistic.shrunk(to: networkRatio) }
        if components.contains(.periods), let period = byPeriod[link, period] {
            ratio = period.shrunk(to: ratio)
        }
        if components.contains(.latest) {
            ratio += known.latest.shift(from: ratio, at: entry, base.fading)
        }
        return Expectation(
            seconds: reference * max(0.2, ratio), variance: known.statistic.shrunkVariance)
    }

    /// A period of the week: its number, and when it ends.
    struct Period {
        /// Hour of the day, plus 24 on Saturdays and 48 on Sundays.
        var number: Int
        var end: Timestamp
    }

    /// The period that a moment lies in.
    func period(at moment: Timestamp) -> Period {
        let date = base.network.serviceDay.date(at: moment)
        let origin = base.network.serviceDay.origin(of: date)
        let hour = min(max(Int((moment - origin) / 3600), 0), 23)
        return Period(
            number: hour + max(0, date.weekday - 4) * 24, end: origin + Double(hour + 1) * 3600)
    }
}
