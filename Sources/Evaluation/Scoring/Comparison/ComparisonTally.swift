/// Gathers the samples of one class for two predictors; samples of one run must come together.
struct ComparisonTally {
    let sampleClass: SampleClass
    private var samples = 0
    private var shared = 0
    private var runs: [PairedSums] = []
    private var lastRun: Int32?

    init(_ sampleClass: SampleClass) { self.sampleClass = sampleClass }

    /// Adds what both say to the same question.
    mutating func add(_ sample: Sample, beside rival: Sample) {
        samples += 1
        if sample.error != nil, rival.error != nil { shared += 1 }
        if lastRun != sample.run { runs.append(PairedSums()) }
        lastRun = sample.run
        runs[runs.count - 1].add(sample, beside: rival)
    }

    /// The figures of the class.
    func report(_ bootstrap: Bootstrap) -> ClassComparison {
        let sum = runs.reduce(into: PairedSums(), +=)
        let figures = ComparedFigures(sum, bootstrap.intervals(of: runs))
        return ClassComparison(
            sampleClass: sampleClass,
            runs: runs.count,
            samples: samples,
            foretoldByBoth: shared,
            coverage: figures.percent(ScoreRatio.coverage),
            mbta: figures.bins(AccuracyBin.mbta, from: ScoreRatio.mbta),
            transit: figures.bins(AccuracyBin.transit, from: ScoreRatio.transit),
            transitAverage: figures.percent(ScoreRatio.transitAverage),
            meanAbsoluteError: figures.seconds(ScoreRatio.meanError),
            leads: AccuracyBin.leads.enumerated().map { index, bin in
                ClassComparison.Bin(
                    lead: bin.name, figure: figures.seconds(ScoreRatio.meanErrorByLead + index))
            },
            bias: figures.seconds(ScoreRatio.bias)
        )
    }
}

/// The ratios of two predictors, ready to be reported.
private struct ComparedFigures {
    private let mine: SIMD16<Double>
    private let other: SIMD16<Double>
    private let difference: SIMD16<Double>
    private let low: SIMD16<Double>
    private let high: SIMD16<Double>

    init(_ sum: PairedSums, _ interval: Bootstrap.Interval?) {
        mine = sum.mine.ratios
        other = sum.other.ratios
        difference = sum.difference
        low = interval?.low ?? SIMD16(repeating: .nan)
        high = interval?.high ?? SIMD16(repeating: .nan)
    }

    func percent(_ lane: Int) -> ClassComparison.Figure { figure(lane, times: 100) }

    func seconds(_ lane: Int) -> ClassComparison.Figure { figure(lane, times: 1) }

    func bins(_ bins: [AccuracyBin], from lane: Int) -> [ClassComparison.Bin] {
        bins.enumerated().map { index, bin in
            ClassComparison.Bin(lead: bin.name, figure: percent(lane + index))
        }
    }

    private func figure(_ lane: Int, times factor: Double) -> ClassComparison.Figure {
        func rounded(_ lanes: SIMD16<Double>) -> Double? {
            lanes[lane].isNaN ? nil : (lanes[lane] * factor).toHundredths
        }
        return ClassComparison.Figure(
            value: rounded(mine),
            other: rounded(other),
            difference: ClassReport.Estimate(
                value: rounded(difference), low: rounded(low), high: rounded(high))
        )
    }
}
