import Testing

@testable import Evaluation

struct RunSumsTests {
    private func sample(lead: Double, predicted: Double?) -> Sample {
        let passage = Passage(
            trip: 1,
            vehicle: 1,
            stop: 1,
            sequence: 1,
            run: 0,
            moment: lead,
            begun: 0,
            isTerminal: false
        )
        var sample = Sample(passage: 0, passage, minute: 0, answer: nil)
        sample.predictedLead = predicted
        return sample
    }

    private func ratios(_ samples: Sample...) -> SIMD16<Double> {
        var sums = RunSums()
        for sample in samples { sums.add(sample) }
        return sums.ratios
    }

    @Test func `silence is a miss in the bin of the actual lead`() {
        let ratios = ratios(sample(lead: 200, predicted: nil), sample(lead: 200, predicted: 200))
        #expect(ratios[ScoreRatio.mbta + 1] == 0.5)
        #expect(ratios[ScoreRatio.transit + 1] == 0.5)
        #expect(ratios[ScoreRatio.coverage] == 0.5)
        #expect(ratios[ScoreRatio.meanError] == 0)
    }

    @Test func `the MBTA counts by predicted lead and Transit by actual lead`() {
        let ratios = ratios(sample(lead: 170, predicted: 200))
        #expect(ratios[ScoreRatio.mbta].isNaN && ratios[ScoreRatio.mbta + 1] == 1)
        #expect(ratios[ScoreRatio.transit] == 1 && ratios[ScoreRatio.transit + 1].isNaN)
        #expect(ratios[ScoreRatio.transitAverage] == 1)
    }

    @Test func `nothing counted is not a number`() {
        #expect(ratios()[ScoreRatio.meanError].isNaN)
        #expect(ratios()[ScoreRatio.transitAverage].isNaN)
    }
}
