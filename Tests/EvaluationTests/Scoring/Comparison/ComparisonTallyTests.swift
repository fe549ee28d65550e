import Testing

@testable import Evaluation

struct ComparisonTallyTests {
    private func sample(run: Int32, error: Double?) -> Sample {
        let passage = Passage(
            trip: 1, vehicle: 1, stop: 1, sequence: 1, run: run, moment: 200, begun: 0,
            isTerminal: false)
        var sample = Sample(passage: 0, passage, minute: 0, answer: nil)
        sample.predictedLead = error.map { 200 - $0 }
        return sample
    }

    private func comparison(_ errors: [(Double?, Double?)], perRun: Int = 1) -> ClassComparison {
        var tally = ComparisonTally(.midTrip)
        for (index, pair) in errors.enumerated() {
            let run = Int32(index / perRun)
            tally.add(sample(run: run, error: pair.0), beside: sample(run: run, error: pair.1))
        }
        return tally.report(Bootstrap(repetitions: 400, seed: 1))
    }

    @Test func `runs, samples and what both foretold are counted`() {
        let comparison = comparison([(1, 2), (1, nil), (nil, 2), (3, 3)], perRun: 2)
        #expect(comparison.runs == 2 && comparison.samples == 4)
        #expect(comparison.foretoldByBoth == 2)
        #expect(comparison.meanAbsoluteError.value == 2)
        #expect(comparison.meanAbsoluteError.other == 2.5)
        #expect(comparison.meanAbsoluteError.difference.value == -0.5)
        #expect(comparison.meanAbsoluteError.difference.low == nil)
    }

    @Test func `what moves both alike does not widen the interval of their difference`() throws {
        let errors = (0..<40).map { (Double($0) * 5, Optional(Double($0) * 5 + 20)) }
        let difference = comparison(errors).meanAbsoluteError.difference
        #expect(difference.value == -20 && difference.low == -20 && difference.high == -20)
    }

    @Test func `a difference that hangs on few runs has an interval that holds nought`() throws {
        let errors = (0..<10).map { (Double?(50), Double?($0 == 0 ? 120 : 50)) }
        let difference = comparison(errors).meanAbsoluteError.difference
        #expect(difference.value == -7)
        #expect(difference.high == 0)
        #expect(try #require(difference.low) < -7)
    }

    @Test func `accuracy is in percent`() {
        let comparison = comparison([(10, 400), (10, 10), (10, 10), (10, nil)])
        #expect(comparison.transit[1].lead == "3-6")
        #expect(comparison.transit[1].figure.value == 100)
        #expect(comparison.transit[1].figure.other == 50)
        #expect(comparison.transit[1].figure.difference.value == 50)
        #expect(comparison.coverage.difference.value == 25)
        #expect(comparison.leads[1].figure.value == 10)
    }
}
