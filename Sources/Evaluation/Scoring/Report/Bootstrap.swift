/// 95 % intervals by resampling whole runs.
///
/// Samples of one run rise and fall together, so runs, not samples, are drawn again with
/// replacement (a block bootstrap). The same seed gives the same intervals.
struct Bootstrap: Sendable {
    /// How many times to draw; 0 for no intervals.
    let repetitions: Int
    let seed: UInt64

    /// The 2.5th and the 97.5th percentile of each lane.
    typealias Interval = (low: SIMD16<Double>, high: SIMD16<Double>)

    /// The interval of each figure; nil for fewer than three runs.
    func intervals<Sums: ResampledSums>(of runs: [Sums]) -> Interval? {
        guard runs.count >= 3, repetitions > 0 else { return nil }
        var generator = SplitMix64(seed: seed)
        let draws = (0..<repetitions).map { _ in Self.draw(from: runs, &generator).figures }
        var low = SIMD16<Double>(repeating: .nan)
        var high = low
        for lane in 0..<SIMD16<Double>.scalarCount {
            let sorted = draws.map { $0[lane] }.filter { !$0.isNaN }.sorted()
            low[lane] = sorted.percentile(0.025) ?? .nan
            high[lane] = sorted.percentile(0.975) ?? .nan
        }
        return (low, high)
    }

    private static func draw<Sums: ResampledSums>(
        from runs: [Sums], _ generator: inout SplitMix64
    ) -> Sums {
        var sum = Sums()
        for _ in runs.indices { sum += runs[Int.random(in: runs.indices, using: &generator)] }
        return sum
    }
}

/// What a run adds to figures whose intervals are wanted.
protocol ResampledSums {
    /// Nothing added yet.
    init()

    /// The figures of all that was added, not a number where nothing was counted.
    var figures: SIMD16<Double> { get }

    static func += (left: inout Self, right: Self)
}

extension RunSums: ResampledSums {
    var figures: SIMD16<Double> { ratios }
}

extension PairedSums: ResampledSums {
    var figures: SIMD16<Double> { difference }
}

/// Steele, Lea and Flood's generator of 2014: small, fast and the same everywhere.
struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}

extension [Double] {
    /// The value below which a share of a rising array lies, linear between elements; nil when empty.
    func percentile(_ share: Double) -> Double? {
        guard !isEmpty else { return nil }
        let position = share * Double(count - 1)
        let below = Int(position)
        let above = Swift.min(below + 1, count - 1)
        return self[below] + (self[above] - self[below]) * (position - Double(below))
    }
}
