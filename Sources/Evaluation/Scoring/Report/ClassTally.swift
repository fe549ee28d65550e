/// Gathers the samples of one class.
///
/// Samples of one run, and of one passage, must come together, those of a passage in order of time.
struct ClassTally {
    /// Predicted intervals in one span of lead times, or in all.
    private struct Intervals {
        var count = 0
        var holding = 0
        var halfWidths = 0.0

        mutating func add(_ error: Double, within uncertainty: Double) {
            count += 1
            if abs(error) <= uncertainty { holding += 1 }
            halfWidths += uncertainty
        }
    }

    private struct LeadSums {
        var samples = 0
        var predictions = 0
        var errors = 0.0
        var intervals = Intervals()

        mutating func add(_ sample: Sample) {
            samples += 1
            guard let error = sample.error else { return }
            predictions += 1
            errors += error
            if let uncertainty = sample.uncertainty {
                intervals.add(error, within: uncertainty)
            }
        }
    }

    private let sampleClass: SampleClass
    private var samples = 0
    private var events = 0
    private var runs: [RunSums] = []
    private var absoluteErrors: [Double] = []
    private var moves: [Double] = []
    private var intervals = Intervals()
    private var leads = [LeadSums](repeating: LeadSums(), count: AccuracyBin.leads.count)
    private var horizons = [LeadSums](repeating: LeadSums(), count: AccuracyBin.mbta.count)
    private var lastRun: Int32?
    private var lastPassage: Int?
    private var lastAnswer: (passage: Int, minute: Int64, moment: Double)?

    init(_ sampleClass: SampleClass) { self.sampleClass = sampleClass }

    /// Adds a sample.
    mutating func add(_ sample: Sample) {
        samples += 1
        if lastPassage != sample.passage { events += 1 }
        if lastRun != sample.run { runs.append(RunSums()) }
        (lastPassage, lastRun) = (sample.passage, sample.run)
        runs[runs.count - 1].add(sample)
        if let bin = sample.leadBin { leads[bin].add(sample) }
        if let bin = sample.horizonBin { horizons[bin].add(sample) }
        addAnswer(sample)
    }

    private mutating func addAnswer(_ sample: Sample) {
        guard let error = sample.error, let lead = sample.predictedLead else { return }
        absoluteErrors.append(abs(error))
        if let uncertainty = sample.uncertainty { intervals.add(error, within: uncertainty) }
        let moment = Double(sample.minute) + lead
        if let lastAnswer, lastAnswer.passage == sample.passage,
            sample.minute - lastAnswer.minute == FeedMinutes.step
        {
            moves.append(abs(moment - lastAnswer.moment))
        }
        lastAnswer = (sample.passage, sample.minute, moment)
    }
}

extension ClassTally {
    /// The figures of the class.
    func report(_ bootstrap: Bootstrap) -> ClassReport {
        let sum = runs.reduce(into: RunSums(), +=)
        let figures = Figures(sum: sum, intervals: bootstrap.intervals(of: runs))
        let errors = absoluteErrors.sorted()
        let squares = errors.reduce(0) { $0 + $1 * $1 }
        return ClassReport(
            sampleClass: sampleClass,
            runs: runs.count,
            events: events,
            samples: samples,
            coverage: figures.percent(ScoreRatio.coverage),
            mbta: figures.bins(AccuracyBin.mbta, from: ScoreRatio.mbta),
            transit: figures.bins(AccuracyBin.transit, from: ScoreRatio.transit),
            transitAverage: figures.percent(ScoreRatio.transitAverage),
            meanAbsoluteError: figures.seconds(ScoreRatio.meanError),
            bias: figures.seconds(ScoreRatio.bias),
            rootMeanSquareError: ratio(squares, errors.count)?.squareRoot().toHundredths,
            p50: errors.percentile(0.5)?.toHundredths,
            p90: errors.percentile(0.9)?.toHundredths,
            leads: leads.indices.map { lead($0, figures) },
            horizons: horizons.indices.map(horizon),
            interval: interval,
            jitter: jitter
        )
    }

    private func lead(_ index: Int, _ figures: Figures) -> ClassReport.Lead {
        let sums = leads[index]
        let held = sums.intervals
        return ClassReport.Lead(
            lead: AccuracyBin.leads[index].name,
            coverage: ratio(100 * Double(sums.predictions), sums.samples)?.toHundredths,
            meanAbsoluteError: figures.seconds(ScoreRatio.meanErrorByLead + index),
            bias: ratio(sums.errors, sums.predictions)?.toHundredths,
            intervalCoverage: ratio(100 * Double(held.holding), held.count)?.toHundredths,
            intervalWidth: ratio(2 * held.halfWidths, held.count)?.toHundredths
        )
    }

    private func horizon(_ index: Int) -> ClassReport.Horizon {
        let sums = horizons[index]
        let held = sums.intervals
        return ClassReport.Horizon(
            lead: AccuracyBin.mbta[index].name,
            predictions: sums.predictions,
            bias: ratio(sums.errors, sums.predictions)?.toHundredths,
            intervalCoverage: ratio(100 * Double(held.holding), held.count)?.toHundredths,
            intervalWidth: ratio(2 * held.halfWidths, held.count)?.toHundredths
        )
    }

    private var interval: ClassReport.Interval? {
        guard intervals.count > 0 else { return nil }
        return ClassReport.Interval(
            predictions: intervals.count,
            share: ratio(100 * Double(intervals.count), absoluteErrors.count)?.toHundredths,
            coverage: ratio(100 * Double(intervals.holding), intervals.count)?.toHundredths,
            meanWidth: ratio(2 * intervals.halfWidths, intervals.count)?.toHundredths
        )
    }

    private var jitter: ClassReport.Jitter? {
        guard !absoluteErrors.isEmpty else { return nil }
        let sorted = moves.sorted()
        return ClassReport.Jitter(
            median: sorted.percentile(0.5)?.toHundredths,
            p90: sorted.percentile(0.9)?.toHundredths,
            moves: sorted.count
        )
    }

    private func ratio(_ sum: Double, _ count: Int) -> Double? {
        count > 0 ? sum / Double(count) : nil
    }
}

/// The ratios of a class with their intervals, ready to be reported.
private struct Figures {
    let ratios: SIMD16<Double>
    let counts: SIMD16<Double>
    let low: SIMD16<Double>
    let high: SIMD16<Double>

    init(sum: RunSums, intervals: (low: SIMD16<Double>, high: SIMD16<Double>)?) {
        ratios = sum.ratios
        counts = sum.denominators
        low = intervals?.low ?? SIMD16(repeating: .nan)
        high = intervals?.high ?? SIMD16(repeating: .nan)
    }

    func percent(_ lane: Int) -> ClassReport.Estimate { estimate(lane, times: 100) }

    func seconds(_ lane: Int) -> ClassReport.Estimate { estimate(lane, times: 1) }

    func bins(_ bins: [AccuracyBin], from lane: Int) -> [ClassReport.Bin] {
        bins.enumerated().map { index, bin in
            ClassReport.Bin(
                lead: bin.name,
                samples: Int(counts[lane + index]),
                accurate: percent(lane + index)
            )
        }
    }

    private func estimate(_ lane: Int, times factor: Double) -> ClassReport.Estimate {
        func figure(_ lanes: SIMD16<Double>) -> Double? {
            lanes[lane].isNaN ? nil : (lanes[lane] * factor).toHundredths
        }
        return ClassReport.Estimate(value: figure(ratios), low: figure(low), high: figure(high))
    }
}

extension Double {
    /// Rounded to two decimals, ties to even.
    var toHundredths: Double {
        (self * 100).rounded(.toNearestOrEven) / 100
    }
}
