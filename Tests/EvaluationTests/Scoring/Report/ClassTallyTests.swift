import Testing

@testable import Evaluation

struct ClassTallyTests {
    /// A sample with so many seconds of actual and predicted lead.
    private func sample(_ actual: Double, _ predicted: Double?, within: Double? = nil) -> Sample {
        let passage = Passage(
            trip: 1, vehicle: 1, stop: 1, sequence: 1, run: 0, moment: actual, begun: 0,
            isTerminal: false)
        var sample = Sample(passage: 0, passage, minute: 0, answer: nil)
        sample.predictedLead = predicted
        sample.uncertainty = within
        return sample
    }

    private func report(_ samples: Sample...) -> ClassReport {
        var tally = ClassTally(.midTrip)
        for sample in samples { tally.add(sample) }
        return tally.report(Bootstrap(repetitions: 0, seed: 1))
    }

    @Test func `bias and intervals are told by predicted lead`() {
        let report = report(
            sample(170, 190, within: 30), sample(300, 200, within: 30), sample(800, 700))
        let near = report.horizons[1]
        #expect(near.lead == "3-6" && near.predictions == 2)
        #expect(near.bias == 40)
        #expect(near.intervalCoverage == 50 && near.intervalWidth == 60)
        let far = report.horizons[2]
        #expect(far.predictions == 1 && far.bias == 100)
        #expect(far.intervalCoverage == nil)
    }

    @Test func `the same are told by actual lead`() {
        let report = report(
            sample(170, 190, within: 30), sample(300, 200, within: 30), sample(800, 700))
        #expect(report.leads.map(\.bias) == [-20, 100, nil, 100])
        #expect(report.leads.map(\.intervalCoverage) == [100, 0, nil, nil])
    }

    @Test func `silence is on no horizon, and a time gone by on the first`() {
        let report = report(sample(300, nil), sample(100, -10))
        #expect(report.horizons.map(\.predictions) == [1, 0, 0, 0])
        #expect(report.horizons[1].bias == nil)
        #expect(report.leads[1].coverage == 0)
    }
}
