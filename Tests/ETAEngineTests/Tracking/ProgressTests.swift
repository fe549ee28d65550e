import Testing
import TransitModel

@testable import ETAEngine

struct ProgressTests {
    let pattern = TestCity.network.patterns[TestCity.pattern("R", 0)]
    let start = TestCity.moment(8)

    @Test func `arrival and departure are interpolated between fixes`() throws {
        var progress = Progress(distance: 0, timestamp: start, pattern: pattern)
        _ = progress.advance(to: 500, at: start + 50, pattern: pattern)
        let passages = progress.advance(to: 700, at: start + 70, pattern: pattern)
        let passage = try #require(passages.last)
        #expect(passage.position == 1)
        #expect(passage.arrival == start + 59)
        #expect(passage.departure == start + 61.5)
        #expect(progress.nextStop == 2)
    }

    @Test func `a bus that stands at a stop arrives once and leaves once`() throws {
        var progress = Progress(distance: 500, timestamp: start, pattern: pattern)
        #expect(progress.advance(to: 600, at: start + 10, pattern: pattern).isEmpty)
        #expect(progress.standing?.position == 1)
        #expect(progress.advance(to: 598, at: start + 20, pattern: pattern).isEmpty)
        #expect(progress.advance(to: 604, at: start + 40, pattern: pattern).isEmpty)
        let left = progress.advance(to: 700, at: start + 50, pattern: pattern)
        #expect(left.count == 1)
        #expect(try #require(left.first?.departure) > start + 40)
        #expect(progress.standing == nil)
    }

    @Test(arguments: 0..<100)
    func `progress never falls and every stop is passed once in order`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var progress = Progress(distance: 0, timestamp: start, pattern: pattern)
        var metres = 0.0
        var last = 0.0
        var positions: [Int] = []
        var moment = start
        while progress.nextStop < pattern.stops.count {
            metres += Double.random(in: -20...120, using: &random)
            moment = moment + 10
            let passages = progress.advance(
                to: max(0, min(metres, 6000)), at: moment, pattern: pattern)
            positions += passages.map(\.position)
            #expect(progress.distance >= last)
            last = progress.distance
            for passage in passages {
                guard let arrival = passage.arrival, let departure = passage.departure else {
                    continue
                }
                #expect(arrival <= departure)
            }
        }
        #expect(positions == positions.sorted())
        #expect(Set(positions).count == positions.count)
        #expect(positions.last == pattern.lastPosition)
    }

    @Test func `stops with the same minute are spread by distance`() {
        let reference = ReferenceTimes.reference(of: TripIndex(0), in: TestCity.network)
        #expect(reference == (0...10).map { Double($0) * 90 })
    }
}
