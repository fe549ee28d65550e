/// The ratios of a score, each a numerator over a denominator that add up over runs.
enum ScoreRatio {
    /// Four lanes of accurate samples over samples, by MBTA bin.
    static let mbta = 0
    /// Four lanes of accurate samples over samples, by Transit bin.
    static let transit = 4
    /// Samples with a prediction over samples.
    static let coverage = 8
    /// Seconds of absolute error over samples with a prediction.
    static let meanError = 9
    /// Seconds of error over samples with a prediction.
    static let bias = 10
    /// Four lanes like ``meanError``, by actual lead.
    static let meanErrorByLead = 11
    /// The plain mean of the four Transit bins; not a sum of its own.
    static let transitAverage = 15
}

/// What one run adds to each ratio, a lane of ``ScoreRatio`` each.
struct RunSums: Sendable {
    var numerators = SIMD16<Double>.zero
    var denominators = SIMD16<Double>.zero

    /// Adds one sample.
    mutating func add(_ sample: Sample) {
        addAccuracy(of: sample)
        addError(of: sample)
    }

    /// Adds one sample to the lanes in which silence counts too.
    mutating func addAccuracy(of sample: Sample) {
        let error = sample.error
        let lead = sample.predictedLead ?? sample.actualLead
        if let bin = AccuracyBin.mbta.firstIndex(where: { $0.lead.contains(lead) }) {
            let isAccurate = error.map { AccuracyBin.mbta[bin].accepts($0) } ?? false
            add(ScoreRatio.mbta + bin, isAccurate ? 1 : 0)
        }
        if let bin = AccuracyBin.transit.firstIndex(where: { $0.lead.contains(sample.actualLead) })
        {
            let isAccurate = error.map { AccuracyBin.transit[bin].accepts($0) } ?? false
            add(ScoreRatio.transit + bin, isAccurate ? 1 : 0)
        }
        add(ScoreRatio.coverage, error == nil ? 0 : 1)
    }

    /// Adds one sample to the lanes of errors, unless it has no prediction.
    mutating func addError(of sample: Sample) {
        guard let error = sample.error else { return }
        add(ScoreRatio.meanError, abs(error))
        add(ScoreRatio.bias, error)
        if let bin = sample.leadBin { add(ScoreRatio.meanErrorByLead + bin, abs(error)) }
    }

    /// Each ratio, not a number where nothing was counted; the last lane is the Transit average.
    var ratios: SIMD16<Double> {
        var ratios = numerators / denominators
        let bins = (0..<4).map { ratios[ScoreRatio.transit + $0] }.filter { !$0.isNaN }
        ratios[ScoreRatio.transitAverage] =
            bins.isEmpty ? .nan : bins.reduce(0, +) / Double(bins.count)
        return ratios
    }

    static func += (left: inout Self, right: Self) {
        left.numerators += right.numerators
        left.denominators += right.denominators
    }

    private mutating func add(_ lane: Int, _ value: Double) {
        numerators[lane] += value
        denominators[lane] += 1
    }
}

extension Sample {
    /// The span of ``AccuracyBin/leads`` that the actual lead falls into.
    var leadBin: Int? { AccuracyBin.leads.firstIndex { $0.lead.contains(actualLead) } }

    /// The bin of ``AccuracyBin/mbta`` that the predicted lead falls into; nil for silence.
    var horizonBin: Int? {
        predictedLead.flatMap { lead in
            AccuracyBin.mbta.firstIndex { $0.lead.contains(lead) }
        }
    }
}
