import Testing

@testable import ETAEngine

struct RunningHistogramTests {
    private static let scale = RunningHistogram.Scale(start: -100, width: 10, bins: 30)

    private static func holding(_ values: [Double]) -> RunningHistogram {
        var histogram = RunningHistogram(scale)
        for value in values { histogram.add(value, memory: 1e6) }
        return histogram
    }

    @Test func `quantiles are those of what was seen, to a bin`() throws {
        let histogram = Self.holding((0..<100).map(Double.init))
        for share in [0.1, 0.4, 0.5, 0.9] {
            #expect(abs(try #require(histogram.quantile(share)) - 100 * share) < 0.5)
        }
        #expect(abs(try #require(histogram.mean) - 50) < 0.5)
    }

    @Test func `nothing seen has neither quantile nor mean nor width`() {
        let histogram = RunningHistogram(Self.scale)
        #expect(histogram.quantile(0.5) == nil)
        #expect(histogram.mean == nil)
        #expect(histogram.halfWidth(around: 0, holding: 0.8) == nil)
    }

    @Test func `values beyond the ends lie in the last bins`() throws {
        let histogram = Self.holding([-1e9, 1e9])
        #expect(histogram.counts.first == 1)
        #expect(histogram.counts.last == 1)
        #expect(try #require(histogram.quantile(1)) == 200)
    }

    @Test func `what lies below a bound can be cut off, within a bin as well`() throws {
        let histogram = Self.holding((0..<100).map(Double.init)).above(55)
        #expect(abs(histogram.total - 45) < 0.01)
        #expect(abs(try #require(histogram.quantile(0)) - 55) < 5.1)
        #expect(abs(try #require(histogram.quantile(0.5)) - 77.5) < 0.5)
    }

    @Test func `what was seen first is forgotten first`() throws {
        var histogram = RunningHistogram(Self.scale)
        for _ in 0..<1000 { histogram.add(5, memory: 100) }
        for _ in 0..<300 { histogram.add(105, memory: 100) }
        #expect(histogram.total <= 111)
        #expect(try #require(histogram.quantile(0.2)) > 100)
    }

    @Test func `a parent counts for as much as it is worth`() throws {
        let own = Self.holding([Double](repeating: 5, count: 6))
        let parent = Self.holding([Double](repeating: 105, count: 1000))
        let joined = own.joined(with: parent, worth: 6)
        #expect(abs(joined.total - 12) < 1e-3)
        #expect(abs(try #require(joined.mean) - 55) < 1e-3)
        #expect(own.joined(with: RunningHistogram(Self.scale), worth: 6) == own)
    }

    @Test func `a half-width holds the share that was asked for`() throws {
        let histogram = Self.holding((-50..<50).map(Double.init))
        let width = try #require(histogram.halfWidth(around: 0, holding: 0.8))
        #expect(abs(width - 40) <= 5)
    }

    @Test func `counts that cannot be are not recalled`() {
        #expect(RunningHistogram(Self.scale, recalling: [1, 2]) == nil)
        let broken = [Float](repeating: 0, count: 29) + [.nan]
        #expect(RunningHistogram(Self.scale, recalling: broken) == nil)
        let histogram = Self.holding([1, 2, 3])
        #expect(RunningHistogram(Self.scale, recalling: histogram.counts) == histogram)
    }
}
