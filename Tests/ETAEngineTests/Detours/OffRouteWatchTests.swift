import Testing
import TransitModel

@testable import ETAEngine

struct OffRouteWatchTests {
    let start = TestCity.moment(8)

    /// Feeds one fix every ten seconds with these offsets in metres while the bus drives on.
    func watch(_ offsets: [Double], every: Double = 10) -> OffRouteWatch {
        var watch = OffRouteWatch()
        for (number, offset) in offsets.enumerated() {
            watch.observe(
                OffRouteWatch.Place(line: 0, distance: Double(number) * 70, offset: offset),
                at: start + Double(number) * every)
        }
        return watch
    }

    @Test func `a minute far from the line is off route`() {
        let watch = watch([5, 5, 300, 300, 300, 300, 300, 300, 300])
        #expect(watch.isOff)
        #expect(watch.since == start + 20)
        #expect(watch.farthest == 300)
    }

    @Test func `distance without time is not enough`() {
        #expect(!watch([5, 5, 300, 300, 300, 300, 300]).isOff)
    }

    @Test func `time without fixes is not enough`() {
        #expect(!watch([5, 300, 300], every: 120).isOff)
        #expect(watch([5, 300, 300, 300], every: 120).isOff)
    }

    @Test func `a single wild fix is no excursion`() {
        #expect(watch([5, 5, 900]).since == start + 20)
        #expect(watch([5, 5, 900, 5]).since == nil)
    }

    @Test(arguments: 0..<50) func `noise between high walls is no excursion`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var watch = OffRouteWatch()
        for number in 0..<400 {
            let place = OffRouteWatch.Place(
                line: 0, distance: Double(number) * 50,
                offset: abs(Double.random(in: -45...45, using: &random)))
            watch.observe(place, at: start + Double(number) * 10)
            #expect(!watch.isOff && watch.comeback == nil)
        }
    }

    @Test func `fixes at the threshold do not flap`() {
        let atThreshold = (0..<60).map { $0.isMultiple(of: 2) ? 38.0 : 44 }
        #expect(!watch(atThreshold).isOff)
        let gone = [5.0] + [Double](repeating: 300, count: 8)
        #expect(watch(gone + atThreshold).isOff)
    }

    @Test func `it is back after three fixes on its line`() throws {
        let gone = [5.0] + [Double](repeating: 300, count: 8)
        #expect(watch(gone + [5, 5]).isOff)
        let watch = watch(gone + [5, 5, 5])
        #expect(!watch.isOff && watch.since == nil)
        let comeback = try #require(watch.comeback)
        #expect(comeback.distance == 9 * 70)
        #expect(comeback.moment == start + 90)
        #expect(comeback.left == start...start + 10)
        #expect(comeback.farthest == 300)
    }

    @Test func `two fixes half a minute apart are enough to be back`() {
        #expect(watch([5, 300, 300, 300, 300, 5, 5], every: 30).comeback != nil)
        #expect(watch([5, 300, 300, 300, 300, 5], every: 30).comeback == nil)
    }

    @Test func `crossing the line is not coming back to it`() {
        let gone = [5.0] + [Double](repeating: 300, count: 8)
        #expect(watch(gone + [5, 5, 300, 300]).isOff)
    }

    @Test func `who drives backwards is not back`() {
        var watch = watch([5.0] + [Double](repeating: 300, count: 8))
        for number in 0..<4 {
            let place = OffRouteWatch.Place(
                line: 0, distance: 3000 - Double(number) * 70, offset: 5)
            watch.observe(place, at: start + 90 + Double(number) * 10)
        }
        #expect(watch.isOff)
    }

    @Test func `a long gap counts for nothing`() {
        var watch = watch([5, 300, 300])
        let place = OffRouteWatch.Place(line: 0, distance: 2000, offset: 300)
        watch.observe(place, at: start + 600)
        #expect(!watch.isOff)
        #expect(watch.since == start + 600)
    }

    @Test func `another line starts anew`() {
        var watch = watch([5.0] + [Double](repeating: 300, count: 8))
        watch.observe(OffRouteWatch.Place(line: 1, distance: 0, offset: 5), at: start + 90)
        #expect(!watch.isOff && watch.comeback == nil)
    }
}
