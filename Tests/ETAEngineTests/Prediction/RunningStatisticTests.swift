import Testing
import TransitModel

@testable import ETAEngine

struct RunningStatisticTests {
    @Test(arguments: 0..<20)
    func `it has the mean and the variance of what was added`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let values = (0..<40).map { _ in random.number(in: 0.5...2) }
        let statistic = Self.statistic(values)
        let mean = values.reduce(0, +) / 40
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40
        #expect(statistic.count == 40)
        #expect(abs(statistic.mean - mean) < 1e-9)
        #expect(abs(statistic.variance - variance) < 1e-9)
    }

    @Test(arguments: 0..<20)
    func `two merged are one of everything`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let values = (0..<40).map { _ in random.number(in: 0.5...2) }
        let part = Int.random(in: 0...40, using: &random)
        var merged = Self.statistic(Array(values[..<part]))
        merged.merge(Self.statistic(Array(values[part...])))
        let whole = Self.statistic(values)
        #expect(merged.count == whole.count)
        #expect(abs(merged.mean - whole.mean) < 1e-9)
        #expect(abs(merged.variance - whole.variance) < 1e-9)
    }

    @Test func `what is merged counts by how much was seen, in whatever order`() {
        var merged = Self.statistic([Double](repeating: 2, count: 60))
        merged.merge(Self.statistic([Double](repeating: 1, count: 60)))
        merged.merge(Self.statistic([Double](repeating: 1.5, count: 60)))
        #expect(abs(merged.mean - 1.5) < 1e-9)
        merged.forget()
        #expect(merged.count == 60)
    }

    @Test func `it forgets what was long ago`() {
        let statistic = Self.statistic(
            [Double](repeating: 1, count: 500) + [Double](repeating: 2, count: 200))
        #expect(statistic.count == 60)
        #expect(statistic.mean > 1.9)
    }

    @Test func `the less was seen, the closer it is to its parent`() {
        #expect(Self.statistic([]).shrunk(to: 3) == 3)
        #expect(Self.statistic([1, 1, 1, 1]).shrunk(to: 3) == 2)
        #expect(Self.statistic([Double](repeating: 1, count: 60)).shrunk(to: 3) < 1.2)
        #expect(Self.statistic([]).shrunkVariance > 0)
    }

    @Test func `links that were never driven take no memory, others keep their periods apart`() {
        var statistics = PeriodStatistics(links: 3)
        #expect(statistics[1, 8] == nil)
        statistics.change(1, 8) { $0.add(2) }
        statistics.change(1, 9) { $0.add(3) }
        #expect(statistics[1, 8]?.mean == 2)
        #expect(statistics[1, 9]?.mean == 3)
        #expect(statistics[0, 8] == nil && statistics[2, 8] == nil)
        #expect(statistics.known.map(\.period) == [8, 9])
    }

    static func statistic(_ values: [Double]) -> RunningStatistic {
        var statistic = RunningStatistic()
        for value in values { statistic.add(value) }
        return statistic
    }
}
