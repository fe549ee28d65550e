import Testing

@testable import Evaluation

struct PairedSumsTests {
    private func sample(_ error: Double?) -> Sample {
        let passage = Passage(
            trip: 1, vehicle: 1, stop: 1, sequence: 1, run: 0, moment: 200, begun: 0,
            isTerminal: false)
        var sample = Sample(passage: 0, passage, minute: 0, answer: nil)
        sample.predictedLead = error.map { 200 - $0 }
        return sample
    }

    private func sums(_ pairs: (Double?, Double?)...) -> PairedSums {
        pairs.reduce(into: PairedSums()) { $0.add(sample($1.0), beside: sample($1.1)) }
    }

    @Test func `errors count where both foretell, silence only against who is silent`() {
        let sums = sums((10, 40), (500, nil), (nil, 500))
        #expect(sums.mine.ratios[ScoreRatio.meanError] == 10)
        #expect(sums.other.ratios[ScoreRatio.meanError] == 40)
        #expect(sums.difference[ScoreRatio.meanError] == -30)
        #expect(sums.difference[ScoreRatio.coverage] == 0)
    }

    @Test func `accuracy is over all samples`() {
        let sums = sums((10, nil), (10, 10))
        #expect(sums.difference[ScoreRatio.transit + 1] == 0.5)
        #expect(sums.difference[ScoreRatio.coverage] == 0.5)
    }

    @Test func `a difference of nothing is not a number`() {
        #expect(sums((10, nil)).difference[ScoreRatio.meanError].isNaN)
        #expect(PairedSums().difference[ScoreRatio.coverage].isNaN)
    }

    @Test func `runs add up`() {
        var sum = sums((10, 40))
        sum += sums((30, 20))
        #expect(sum.difference[ScoreRatio.meanError] == -10)
    }
}
