import Testing

@testable import Evaluation

struct BootstrapTests {
    private func runs(_ errors: [Double]) -> [RunSums] {
        errors.map { error in
            var run = RunSums()
            run.numerators[ScoreRatio.meanError] = error
            run.denominators[ScoreRatio.meanError] = 1
            return run
        }
    }

    @Test func `the interval holds the mean and shrinks with more runs`() throws {
        let bootstrap = Bootstrap(repetitions: 500, seed: 1)
        func width(_ count: Int) throws -> Double {
            let errors = (0..<count).map { Double($0 % 10) }
            let (low, high) = try #require(bootstrap.intervals(of: runs(errors)))
            #expect(low[ScoreRatio.meanError] < 4.5 && high[ScoreRatio.meanError] > 4.5)
            return high[ScoreRatio.meanError] - low[ScoreRatio.meanError]
        }
        #expect(try width(1000) < width(20) / 4)
    }

    @Test func `the same seed gives the same interval`() {
        let bootstrap = Bootstrap(repetitions: 50, seed: 1)
        let runs = runs([1, 2, 3, 4])
        let first = bootstrap.intervals(of: runs)
        #expect(
            first?.low[ScoreRatio.meanError]
                == bootstrap.intervals(of: runs)?.low[ScoreRatio.meanError]
        )
    }

    @Test func `two runs or no repetitions give no interval`() {
        #expect(Bootstrap(repetitions: 50, seed: 1).intervals(of: runs([1, 2])) == nil)
        #expect(Bootstrap(repetitions: 0, seed: 1).intervals(of: runs([1, 2, 3])) == nil)
    }

    @Test func `a percentile lies between elements`() {
        #expect([1, 2, 4].percentile(0.5) == 2)
        #expect([1, 2].percentile(0.25) == 1.25)
        #expect([5].percentile(0.9) == 5)
        #expect([Double]().percentile(0.5) == nil)
    }

    @Test func `the generator gives the numbers of its paper`() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
    }
}
