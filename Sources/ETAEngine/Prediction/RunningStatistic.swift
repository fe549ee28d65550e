/// A running mean and variance that forgets slowly.
struct RunningStatistic: Hashable, Sendable {
    /// Traversals worth as much as the parent's word.
    private static let shrinkage = 4.0
    /// Traversals that a statistic remembers at most, so that it follows slow change.
    static let memory = 60.0
    /// The variance believed before anything was seen.
    private static let usualVariance = 0.15

    private(set) var count = 0.0
    private(set) var mean = 0.0
    private(set) var variance = 0.0

    init() {}

    /// What earlier days taught.
    init(_ known: LinkStatistic) {
        count = known.count
        mean = known.mean
        variance = known.variance
    }

    mutating func add(_ value: Double, weight: Double = 1, memory: Double = Self.memory) {
        count = min(count + weight, max(memory, weight))
        let step = value - mean
        mean += step * weight / count
        variance += (step * (value - mean) - variance) * weight / count
    }

    /// Takes in what was learned elsewhere; in which order makes no difference.
    mutating func merge(_ other: Self) {
        let sum = count + other.count
        guard sum > 0 else { return }
        let step = other.mean - mean
        let between = other.count * step * step * count / sum
        variance = (count * variance + other.count * other.variance + between) / sum
        mean += step * other.count / sum
        count = sum
    }

    /// Counts for no more than so many traversals from now on.
    mutating func forget(beyond memory: Double = Self.memory) { count = min(count, memory) }

    /// The mean, drawn to the parent's the more, the less was seen.
    @inline(__always)
    func shrunk(to parent: Double, weight: Double = Self.shrinkage) -> Double {
        (count * mean + weight * parent) / (count + weight)
    }

    /// The variance, drawn to a usual one the more, the less was seen.
    @inline(__always)
    var shrunkVariance: Double {
        (count * variance + Self.shrinkage * Self.usualVariance) / (count + Self.shrinkage)
    }
}

/// Statistics of links by period of the week; only links that were ever driven take memory.
struct PeriodStatistics: Hashable, Sendable {
    /// Hours of weekdays, of Saturdays and of Sundays.
    static let periods = 0..<72

    /// For each link, which block of `statistics` is its; -1 for none.
    private var blocks: [Int32]
    private var statistics: [RunningStatistic] = []

    init(links: Int) { blocks = [Int32](repeating: -1, count: links) }

    @inline(__always)
    subscript(link: Int, period: Int) -> RunningStatistic? {
        let block = blocks[link]
        return block < 0 ? nil : statistics[Int(block) * Self.periods.count + period]
    }

    mutating func change(_ link: Int, _ period: Int, by body: (inout RunningStatistic) -> Void) {
        if blocks[link] < 0 {
            blocks[link] = Int32(statistics.count / Self.periods.count)
            statistics.append(
                contentsOf: repeatElement(RunningStatistic(), count: Self.periods.count))
        }
        body(&statistics[Int(blocks[link]) * Self.periods.count + period])
    }

    /// As ``RunningStatistic/forget(beyond:)``, for all.
    mutating func forget(beyond memory: Double = RunningStatistic.memory) {
        for index in statistics.indices { statistics[index].forget(beyond: memory) }
    }

    /// Everything that rests on at least one traversal, by link and period.
    var known: [(link: Int, period: Int, statistic: RunningStatistic)] {
        blocks.indices.flatMap { link in
            Self.periods.compactMap { period in
                self[link, period].flatMap { $0.count > 0 ? (link, period, $0) : nil }
            }
        }
    }
}
