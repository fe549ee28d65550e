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

    private func lastPassage(_ way: [(metres: Double, seconds: Double)]) -> Passage? {
        var progress = Progress(distance: 500, timestamp: start, pattern: pattern)
        return way.flatMap {
            progress.advance(to: $0.metres, at: start + $0.seconds, pattern: pattern)
        }.last
    }

    @Test func `who has no time to stand has passed`() throws {
        let passage = try #require(lastPassage([(580, 10), (680, 20)]))
        #expect(passage.call(last: pattern.lastPosition) == .passed)
    }

    @Test func `who is seen to stand has made a call`() throws {
        let passage = try #require(lastPassage([(600, 14), (601, 24), (602, 34), (700, 50)]))
        #expect(passage.call(last: pattern.lastPosition) == .made)
        #expect(!passage.isWithinOneGap)
    }

    @Test func `of fixes far apart nobody can tell`() throws {
        let passage = try #require(lastPassage([(900, 90)]))
        #expect(passage.call(last: pattern.lastPosition) == .unknown)
        #expect(passage.isWithinOneGap)
    }

    @Test func `time lost in a gap is lost at its stop or on the way, and widens the errors`()
        throws
    {
        let quick = try #require(lastPassage([(700, 20)]))
        let slow = try #require(lastPassage([(700, 60)]))
        let slack = 40.0
        #expect(abs((slow.arrival ?? start) - (start + 9 + slack * 0.225)) < 1e-6)
        #expect(abs((slow.departure ?? start) - (start + 11.5 + slack * (0.5 + 0.2875))) < 1e-6)
        let quickError = try #require(quick.arrivalError)
        let slowError = try #require(slow.arrivalError)
        #expect(quickError < 2)
        #expect(slowError > slack * (0.225 * 0.775 / 3).squareRoot())
        #expect(slowError < 60 / 12.0.squareRoot())
    }

    @Test func `stops with the same minute are spread by distance`() {
        let reference = ReferenceTimes.reference(of: TripIndex(0), in: TestCity.network)
        #expect(reference == (0...10).map { Double($0) * 90 })
    }
}
