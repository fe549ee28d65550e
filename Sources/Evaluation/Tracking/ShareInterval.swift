/// Shares whose 95 % intervals come from drawing whole clusters again.
///
/// Pings of one run rise and fall together, so runs, not pings, are drawn with replacement. The same
/// counts give the same intervals.
struct ShareInterval: Sendable {
    /// What one cluster adds to a share.
    struct Part: Sendable {
        var count: Int
        var of: Int
    }

    /// How many times to draw; 0 for no intervals.
    let resamples: Int

    /// The share over all clusters.
    func share(_ parts: [Part]) -> Share {
        let count = parts.reduce(0) { $0 + $1.count }
        let of = parts.reduce(0) { $0 + $1.of }
        var share = Share(count: count, of: of)
        guard of > 0 else { return share }
        share.percent = 100 * Double(count) / Double(of)
        let drawn = parts.filter { $0.of > 0 }
        guard resamples > 0, drawn.count >= 3 else { return share }
        let draws = draws(from: drawn).sorted()
        share.low = draws.percentile(0.025)
        share.high = draws.percentile(0.975)
        return share
    }

    private func draws(from parts: [Part]) -> [Double] {
        var generator = SplitMix64(seed: 1)
        return (0..<resamples).map { _ in
            var sum = Part(count: 0, of: 0)
            for _ in parts.indices {
                let part = parts[Int.random(in: parts.indices, using: &generator)]
                sum.count += part.count
                sum.of += part.of
            }
            return 100 * Double(sum.count) / Double(sum.of)
        }
    }
}
