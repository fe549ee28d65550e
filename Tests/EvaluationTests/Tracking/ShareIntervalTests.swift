import Testing

@testable import Evaluation

@Suite struct `The interval of a share` {
    private typealias Part = ShareInterval.Part

    @Test func `clusters that are alike leave no doubt`() {
        let share = ShareInterval(resamples: 100).share(
            [Part](repeating: Part(count: 3, of: 4), count: 5))
        #expect(share == Share(count: 15, of: 20, percent: 75, low: 75, high: 75))
    }

    @Test func `whole clusters are drawn, not what is in them`() throws {
        let parts = [Part(count: 100, of: 100), Part(count: 0, of: 100), Part(count: 100, of: 100)]
        let share = ShareInterval(resamples: 500).share(parts)
        #expect(try #require(share.low) < 10)
        #expect(try #require(share.high) > 90)
    }

    @Test func `few clusters and no resamples give no interval`() {
        let part = Part(count: 1, of: 2)
        #expect(ShareInterval(resamples: 9).share([part, part, Part(count: 0, of: 0)]).low == nil)
        #expect(ShareInterval(resamples: 0).share([part, part, part]).low == nil)
    }

    @Test func `a share of nothing has no percentage`() {
        #expect(ShareInterval(resamples: 9).share([]) == Share(count: 0, of: 0))
    }
}
