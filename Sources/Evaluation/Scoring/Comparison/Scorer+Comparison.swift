/// What one prediction file says to everything that a ``Scorer`` asks: a number a question, so that
/// two files can be compared without holding the rows of both.
public struct PredictionAnswers: Sendable {
    /// Seconds from the minute to the predicted time for each slot of the grid; not a number for
    /// silence.
    fileprivate let leads: [Double]
}

extension Scorer {
    /// The answers of a prediction file, of the kind that ``score(predictions:)`` takes.
    public func answers(of predictions: CSVSource) throws(ScoringError) -> PredictionAnswers {
        var ids = ids
        let table = try PredictionTable(predictions, ids: &ids)
        var grid = SampleGrid(passages: passages, minutes: minutes)
        var matcher = matcher(on: grid)
        table.forEachMinute { _ = matcher.match($0, of: table, on: &grid) }
        var leads = [Double](repeating: .nan, count: passages.count * SampleGrid.depth)
        for slot in leads.indices {
            let (passage, step) = slot.quotientAndRemainder(dividingBy: SampleGrid.depth)
            guard let row = grid.answer(at: slot),
                let minute = grid.minute(passage: passage, step: step)
            else { continue }
            let lead = Sample.lead(of: table.rows[row], for: passages[passage], at: minute)
            leads[slot] = lead ?? .nan
        }
        return PredictionAnswers(leads: leads)
    }

    /// Compares the answers of two files, sample by sample.
    public func compare(
        _ answers: PredictionAnswers, with other: PredictionAnswers
    ) -> ComparisonReport {
        var tallies = SampleClass.allCases.map { ComparisonTally($0) }
        let grid = SampleGrid(passages: passages, minutes: minutes)
        for (index, passage) in passages.enumerated() {
            let trace = traces?[passage.vehicle]
            for step in (0..<SampleGrid.depth).reversed() {
                guard let minute = grid.minute(passage: index, step: step) else { continue }
                let slot = index * SampleGrid.depth + step
                var sample = Sample(passage: index, passage, minute: minute, answer: nil)
                var rival = sample
                sample.predictedLead = answers.leads[slot].orNil
                rival.predictedLead = other.leads[slot].orNil
                let traits = SampleTraits(
                    passage, at: minute, trace: trace, isUntraced: traces == nil)
                for tally in tallies.indices where tallies[tally].sampleClass.holds(traits) {
                    tallies[tally].add(sample, beside: rival)
                }
            }
        }
        let bootstrap = bootstrap
        return ComparisonReport(by: options.by, classes: tallies.map { $0.report(bootstrap) })
    }
}

extension Double {
    /// Nil where this is not a number.
    fileprivate var orNil: Double? { isNaN ? nil : self }
}
