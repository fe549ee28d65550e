import TransitModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How long buses take from stop to stop: what the timetable says, corrected by what they did.
///
/// The timetable's time is multiplied by a ratio. Past days give the ratio by shrinkage (network,
/// then link, then link and period; the fewer traversals, the closer to the parent), and the last
/// buses over the link shift it, fading with their age and with how far ahead the prediction
/// reaches. Ratios are averaged as they are, not as logarithms: links are summed, and only means
/// add up.
struct LinkTimes: Sendable {
    /// Traversals worth as much as the parent's word.
    private static let shrinkage = 4.0
    /// Traversals that a link's statistic remembers at most, so that it follows slow change.
    private static let memory = 60.0
    /// Minutes of driving that the network's statistic remembers at most.
    private static let networkMemory = 5000.0
    /// Seconds in which a past traversal loses most of its say.
    private static let recency = 1800.0
    /// Statistics of other timetables' links that are kept at most, those of most traversals.
    private static let mostElsewhere = 50_000
    /// Seconds ahead after which the present says little.
    private static let outlook = 2400.0

    private let table: LinkTable
    private let network: Network
    private var rings: [TraversalRing]
    private var whole = Statistic()
    private var byLink: [Statistic]
    private var byPeriod: [PeriodKey: Statistic] = [:]
    /// Statistics of links that this timetable has not: it may be a diversion that ends.
    private var elsewhere: [LinkStatistic] = []
    private let recognition: Recognition

    private struct PeriodKey: Hashable {
        var link: Int32
        var period: Int32
    }

    /// A running mean and variance that forgets slowly.
    private struct Statistic: Hashable {
        var count = 0.0
        var mean = 0.0
        var variance = 0.0

        mutating func add(
            _ value: Double, weight: Double = 1, memory: Double = LinkTimes.memory
        ) {
            count = min(count + weight, max(memory, weight))
            let step = value - mean
            mean += step * weight / count
            variance += (step * (value - mean) - variance) * weight / count
        }

        mutating func merge(_ other: LinkStatistic, memory: Double = LinkTimes.memory) {
            let sum = count + other.count
            guard sum > 0 else { return }
            let step = other.mean - mean
            let between = other.count * step * step * count / sum
            variance = (count * variance + other.count * other.variance + between) / sum
            mean += step * other.count / sum
            count = min(sum, memory)
        }

        func shrunk(to parent: Double) -> Double {
            (count * mean + LinkTimes.shrinkage * parent) / (count + LinkTimes.shrinkage)
        }
    }

    /// Whether the same was learned as in other link times of the same network.
    func hasLearnedTheSame(as other: LinkTimes) -> Bool {
        whole == other.whole && byLink == other.byLink && byPeriod == other.byPeriod
            && elsewhere == other.elsewhere && rings == other.rings
    }

    /// An expectation of one link.
    struct Expectation {
        var seconds: Double
        /// Standard deviation of the ratio.
        var spread: Double
    }

    init(network: Network, learned: [LinkStatistic]) {
        self.network = network
        table = LinkTable(network: network)
        recognition = Recognition(network)
        rings = [TraversalRing](repeating: TraversalRing(), count: table.links.count)
        byLink = [Statistic](repeating: Statistic(), count: table.links.count)
        recall(learned)
    }

    /// Takes over statistics in place of those learned so far; the rings stay.
    mutating func recall(_ learned: [LinkStatistic]) {
        whole = Statistic()
        byLink = [Statistic](repeating: Statistic(), count: table.links.count)
        byPeriod = [:]
        elsewhere = []
        for statistic in learned { merge(statistic) }
        guard elsewhere.count > Self.mostElsewhere else { return }
        elsewhere.sort { $0.count > $1.count }
        elsewhere.removeSubrange(Self.mostElsewhere...)
    }

    /// Takes over the statistics of other link times of the same network; the rings stay.
    mutating func takeStatistics(from other: LinkTimes) {
        whole = other.whole
        byLink = other.byLink
        byPeriod = other.byPeriod
        elsewhere = other.elsewhere
    }

    private mutating func merge(_ known: LinkStatistic) {
        guard let from = recognition.stop(known.from), let to = recognition.stop(known.to),
            let link = table.link(from: from, to: to)
        else {
            elsewhere.append(known)
            return
        }
        let key = PeriodKey(link: Int32(link), period: Int32(known.period))
        byPeriod[key, default: Statistic()].merge(known)
        byLink[link].merge(known)
        whole.merge(known, memory: Self.networkMemory)
    }

    /// What was learned, in a fixed order; what is known of other timetables' links comes last.
    func statistics() -> [LinkStatistic] {
        byPeriod
            .sorted { ($0.key.link, $0.key.period) < ($1.key.link, $1.key.period) }
            .map { key, statistic in
                let link = table.links[Int(key.link)]
                return LinkStatistic(
                    from: StopPlace(network.stops[link.from]),
                    to: StopPlace(network.stops[link.to]), period: Int(key.period),
                    count: statistic.count, mean: statistic.mean, variance: statistic.variance)
            } + elsewhere
    }

    /// Learns one traversal of the link after a position of a pattern.
    mutating func learn(
        _ seconds: Double, reference: Double, pattern: PatternIndex, after position: Int,
        endingAt exit: Timestamp
    ) {
        guard seconds >= 1, reference >= 1 else { return }
        let ratio = max(0.2, min(5, seconds / reference))
        let link = table.link(of: pattern, after: position)
        rings[link].insert(Traversal(exit: exit, ratio: ratio))
        // By minutes, not by links: what is wanted is how all driving compares with the timetable.
        whole.add(ratio, weight: reference / 60, memory: Self.networkMemory)
        byLink[link].add(ratio)
        let key = PeriodKey(link: Int32(link), period: Int32(period(at: exit)))
        byPeriod[key, default: Statistic()].add(ratio)
    }

    /// How long a bus that enters the link at `entry` takes, as seen at `now`.
    func expectation(
        reference: Double, pattern: PatternIndex, after position: Int, entry: Timestamp,
        now: Timestamp
    ) -> Expectation {
        let link = table.link(of: pattern, after: position)
        let key = PeriodKey(link: Int32(link), period: Int32(period(at: entry)))
        let usual = byLink[link].shrunk(to: whole.shrunk(to: 1))
        let past = byPeriod[key]?.shrunk(to: usual) ?? usual
        let shift = recentShift(of: link, against: past, at: now)
        let fade = exp(-max(0, entry - now) / Self.outlook)
        let variance =
            (byLink[link].count * byLink[link].variance + 4 * 0.15)
            / (byLink[link].count + 4)
        return Expectation(
            seconds: reference * max(0.2, past + shift * fade), spread: variance.squareRoot())
    }

    private func recentShift(of link: Int, against past: Double, at now: Timestamp) -> Double {
        var weights = 1.0
        var sum = 0.0
        for age in 0..<min(4, rings[link].count) {
            let traversal = rings[link][age: age]
            let weight = exp(-max(0, now - traversal.exit) / Self.recency)
            weights += weight
            sum += weight * (traversal.ratio - past)
        }
        return sum / weights
    }

    /// Hour of the day, plus 24 on Saturdays and 48 on Sundays.
    private func period(at moment: Timestamp) -> Int {
        let date = network.serviceDay.date(at: moment)
        let hour = Int(network.serviceDay.time(at: moment, on: date).seconds) / 3600
        return min(max(hour, 0), 23) + max(0, date.weekday - 4) * 24
    }
}
