import Testing

@testable import Simulation

@Suite struct `Seeded generator` {
    @Test(arguments: 0..<20) func `the same seed gives the same numbers`(seed: UInt64) {
        var one = SeededGenerator(Seed(seed))
        var two = SeededGenerator(Seed(seed))
        #expect((0..<100).allSatisfy { _ in one.next() == two.next() })
    }

    @Test func `different seeds give different numbers`() {
        let firsts = (UInt64(0)..<1000).map { seed in
            var generator = SeededGenerator(Seed(seed))
            return generator.next()
        }
        #expect(Set(firsts).count == 1000)
    }

    @Test func `a normal number has mean 0 and deviation 1`() {
        var generator = SeededGenerator(Seed(1))
        let draws = (0..<20_000).map { _ in generator.normal() }
        let mean = draws.reduce(0, +) / 20_000
        let variance = draws.reduce(0) { $0 + $1 * $1 } / 20_000
        #expect(abs(mean) < 0.03)
        #expect(abs(variance - 1) < 0.05)
    }

    @Test(arguments: [0.0, 0.3, 2, 30]) func `a count has its mean`(mean: Double) {
        var generator = SeededGenerator(Seed(2))
        let sum = (0..<10_000).reduce(0) { sum, _ in sum + generator.poisson(mean: mean) }
        #expect(abs(Double(sum) / 10_000 - mean) < 0.03 * mean + 0.02)
    }

    @Test func `a waiting time has its mean, and never ends when the mean is infinite`() {
        var generator = SeededGenerator(Seed(3))
        let sum = (0..<20_000).reduce(0.0) { sum, _ in sum + generator.exponential(mean: 40) }
        #expect(abs(sum / 20_000 - 40) < 1.5)
        #expect(generator.exponential(mean: .infinity) == .infinity)
    }

    @Test func `a heading is one metre long`() {
        var generator = SeededGenerator(Seed(4))
        for _ in 0..<100 {
            let (east, north) = generator.heading()
            #expect(abs(east * east + north * north - 1) < 1e-9)
        }
    }
}
