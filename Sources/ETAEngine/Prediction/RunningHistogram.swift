/// How often what was seen lay where, in bins of equal width, forgetting slowly.
struct RunningHistogram: Hashable, Sendable {
    /// Where the bins lie.
    struct Scale: Hashable, Sendable {
        /// Where the first begins.
        let start: Double
        /// What each spans.
        let width: Double
        let bins: Int

        /// The bin that a value lies in; those beyond the ends lie in the last ones.
        func bin(of value: Double) -> Int {
            max(0, min(bins - 1, Int(((value - start) / width).rounded(.down))))
        }

        /// The value at so many bins from the first one's beginning.
        func value(at bins: Double) -> Double { start + bins * width }
    }

    let scale: Scale
    private(set) var counts: [Float]
    private(set) var total: Float

    /// A histogram of these counts; bins beyond them are empty.
    init(_ scale: Scale, _ counts: [Float] = []) {
        self.scale = scale
        let missing = max(0, scale.bins - counts.count)
        self.counts = counts.prefix(scale.bins) + [Float](repeating: 0, count: missing)
        total = self.counts.reduce(0, +)
    }

    /// What ``counts`` said; nil when they are not so many numbers from 0 up.
    init?(_ scale: Scale, recalling counts: [Float]) {
        guard counts.count == scale.bins, counts.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            return nil
        }
        self.init(scale, counts)
    }

    /// One that follows a shape, as if so many values had been seen.
    init(_ scale: Scale, worth: Float, shape: (Double) -> Double) {
        let weights = (0..<scale.bins).map { Float(shape(scale.value(at: Double($0) + 0.5))) }
        let sum = weights.reduce(0, +)
        self.init(scale, weights.map { $0 / sum * worth })
    }

    /// Enters a value; what was seen before counts for no more than so many.
    mutating func add(_ value: Double, memory: Float) {
        // Thinned out by a tenth at a time: at every value would be costly.
        if total >= 1.1 * memory { forget(beyond: memory) }
        counts[scale.bin(of: value)] += 1
        total += 1
    }

    /// Lets what was seen count for no more than so many values.
    mutating func forget(beyond memory: Float) {
        guard total > memory else { return }
        let kept = memory / total
        for bin in counts.indices { counts[bin] *= kept }
        total = counts.reduce(0, +)
    }

    /// The same with another's counts added as if that rested on so many values.
    func joined(with parent: Self, worth: Float) -> Self {
        guard parent.total > 0 else { return self }
        let share = worth / parent.total
        var sum = self
        for bin in counts.indices { sum.counts[bin] += share * parent.counts[bin] }
        sum.total += worth
        return sum
    }

    /// What is left of it above a bound; values are taken as spread evenly over their bin.
    func above(_ bound: Double) -> Self {
        let first = scale.bin(of: bound)
        var rest = self
        for bin in 0..<first { rest.counts[bin] = 0 }
        let cut = (bound - scale.value(at: Double(first))) / scale.width
        rest.counts[first] *= Float(max(0, min(1, 1 - cut)))
        rest.total = rest.counts.reduce(0, +)
        return rest
    }

    /// The value below which a share of what was seen lies; nil when nothing was.
    func quantile(_ share: Double) -> Double? {
        guard total > 0 else { return nil }
        var rest = Float(share) * total
        for bin in counts.indices where counts[bin] > 0 {
            guard rest > counts[bin] else {
                return scale.value(at: Double(bin) + Double(rest / counts[bin]))
            }
            rest -= counts[bin]
        }
        return counts.lastIndex { $0 > 0 }.map { scale.value(at: Double($0) + 1) }
    }

    /// Mean of what was seen, by the middles of the bins; nil when nothing was.
    var mean: Double? {
        guard total > 0 else { return nil }
        let sum = counts.indices.reduce(0.0) {
            $0 + Double(counts[$1]) * scale.value(at: Double($1) + 0.5)
        }
        return sum / Double(total)
    }

    /// The distance from a middle within which a share of what was seen lies; nil when nothing was.
    func halfWidth(around middle: Double, holding share: Double) -> Double? {
        guard total > 0 else { return nil }
        let sorted = counts.indices.map { bin in
            (away: abs(scale.value(at: Double(bin) + 0.5) - middle), count: counts[bin])
        }.sorted { $0.away < $1.away }
        var rest = Float(share) * total
        for (away, count) in sorted {
            rest -= count
            if rest <= 0 { return away }
        }
        return sorted.last?.away
    }
}
