/// What one run adds to the ratios of two predictors that are asked the same.
///
/// Silence counts against accuracy and coverage as in a score of one; errors are taken only where
/// both say something, so that neither gains by saying less.
struct PairedSums: Sendable {
    private(set) var mine = RunSums()
    private(set) var other = RunSums()

    /// Adds what both say to the same question.
    mutating func add(_ sample: Sample, beside rival: Sample) {
        mine.addAccuracy(of: sample)
        other.addAccuracy(of: rival)
        guard sample.error != nil, rival.error != nil else { return }
        mine.addError(of: sample)
        other.addError(of: rival)
    }

    /// Each ratio of mine less the other's; not a number where nothing was counted.
    var difference: SIMD16<Double> { mine.ratios - other.ratios }

    static func += (left: inout Self, right: Self) {
        left.mine += right.mine
        left.other += right.other
    }
}
