import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct TripMatcherTests {
    private let start = TestCity.moment(8)

    @Test(arguments: 0..<10)
    func `a bus that goes once around a loop is never put on the nearest leg`(seed: UInt64) throws {
        var ride = Ride(TestTown.ways[TestTown.loop].line, at: start, seed: seed)
        ride.noise = 8
        var follower = Follower()
        while ride.distance < ride.line.length - 300 {
            follower.see(&ride)
            let best = try #require(follower.matcher.best)
            guard ride.distance > 200 else { continue }
            #expect(best.line == TestTown.loop)
            #expect(abs(best.distance - ride.distance) < 60)
        }
    }

    @Test func `where a loop closes it is open whether the lap begins or ends until the bus moves`()
    {
        var ride = Ride(TestTown.ways[TestTown.loop].line, at: start)
        var follower = Follower()
        for _ in 0..<5 { follower.see(&ride, speed: 0) }
        #expect(follower.distances(on: TestTown.loop) == [0, 4000])
        for _ in 0..<5 { follower.see(&ride) }
        #expect(follower.distances(on: TestTown.loop) == [ride.distance.rounded()])
    }

    @Test(arguments: [1000.0, 6200])
    func `on the stem of a lollipop both ways are open until progress breaks one`(
        from: Double
    ) throws {
        var ride = Ride(TestTown.ways[TestTown.lollipop].line, from: from, at: start)
        var follower = Follower()
        follower.see(&ride)
        #expect(Set(follower.distances(on: TestTown.lollipop).map { abs($0 - 3600) }).count == 1)
        #expect(follower.distances(on: TestTown.lollipop).count == 2)
        for _ in 0..<3 { follower.see(&ride) }
        #expect(abs(try #require(follower.matcher.best).distance - ride.distance) < 10)
        for _ in 0..<5 { follower.see(&ride) }
        #expect(follower.distances(on: TestTown.lollipop) == [ride.distance.rounded()])
    }

    @Test(arguments: 0..<10)
    func `a lollipop is followed around its loop and home`(seed: UInt64) throws {
        var ride = Ride(TestTown.ways[TestTown.lollipop].line, from: 900, at: start, seed: seed)
        ride.noise = 10
        var follower = Follower()
        while ride.distance < 6800 {
            follower.see(&ride)
            let best = try #require(follower.matcher.best)
            if ride.distance > 1200 { #expect(abs(best.distance - ride.distance) < 70) }
        }
    }

    @Test func `a bus that turns round at the end of a line drawn out and back is followed`() throws
    {
        let line = try #require(Polyline([(0, 0), (2000, 0), (0, 0)]))
        // Coming home it drives on the other side of the street.
        let road = try #require(Polyline([(0, -6), (2000, -6), (2000, 6), (0, 6)]))
        var ride = Ride(road, from: 1000, at: start)
        var way = TestTown.ways[0]
        way.line = line
        way.stops = [0, 2000, 4000]
        let trip = TownPlan.Departure(id: "t", way: 0, leaving: 8 * 3600)
        let network = TownPlan(ways: [way], departures: [trip]).network
        var follower = Follower(LineSet(network: network, reach: TripMatcher.reach))
        while ride.distance < 3000 {
            follower.see(&ride)
            let best = try #require(follower.matcher.best)
            if ride.distance > 1300 { #expect(abs(best.distance - ride.distance) < 60) }
        }
    }

    @Test(arguments: [TestTown.straight, TestTown.straightBack])
    func `of two directions on one street the way that the bus goes is taken`(way: Int) {
        var ride = Ride(TestTown.ways[way].line, from: 1000, at: start)
        var follower = Follower()
        for _ in 0..<10 { follower.see(&ride) }
        let direction = TestTown.ways[way].direction
        #expect(follower.matcher.best?.line == way)
        for other in follower.matcher.hypotheses.elements
        where TestTown.lines[other.line].direction != direction {
            #expect(other.belief < -5)
        }
    }

    @Test(arguments: 0..<10)
    func `two minutes between fixes are enough to follow a bus`(seed: UInt64) throws {
        var ride = Ride(TestTown.ways[TestTown.straight].line, from: 200, at: start, seed: seed)
        ride.every = 120
        ride.noise = 10
        var follower = Follower()
        for number in 0..<7 {
            follower.see(&ride)
            let best = try #require(follower.matcher.best)
            guard number > 0, ride.distance > 3300 else { continue }
            #expect(best.line == TestTown.straight)
            #expect(abs(best.distance - ride.distance) < 60)
        }
    }

    @Test(arguments: [25.0, 40], [0.0, 0.9])
    func `a street of high walls does not turn a bus round`(noise: Double, drift: Double) {
        var wrong = 0
        var fixes = 0
        for seed in 0..<20 as Range<UInt64> {
            var ride = Ride(
                TestTown.ways[TestTown.straight].line, from: 3100, at: start, seed: seed)
            ride.noise = noise
            ride.drift = drift
            var follower = Follower()
            while ride.distance < 5700 {
                follower.see(&ride)
                guard ride.distance > 3600 else { continue }
                fixes += 1
                if follower.matcher.best?.line != TestTown.straight { wrong += 1 }
            }
        }
        #expect(wrong * 50 <= fixes, "\(wrong) of \(fixes)")
    }

    @Test func `a line that is missed for long is let go`() throws {
        var ride = Ride(TestTown.ways[TestTown.straight].line, from: 3500, at: start)
        var follower = Follower()
        for _ in 0..<10 { follower.see(&ride) }
        // Away from every line.
        ride.line = try #require(Polyline([(20_000, 20_000), (30_000, 20_000)]))
        ride.distance = 0
        follower.see(&ride)
        #expect(follower.matcher.best?.misses == 1)
        for _ in 0..<TripMatcher.mostMisses { follower.see(&ride) }
        #expect(follower.matcher.best == nil)
    }
}

/// A matcher that watches a ride without a claim.
private struct Follower {
    var matcher = TripMatcher()
    let lines: LineSet
    private var nearby = NearbyLines()

    init(_ lines: LineSet = TestTown.lines) { self.lines = lines }

    /// Takes in the next fix.
    mutating func see(_ ride: inout Ride, speed: Double = TownPlan.speed) {
        ride.step(speed: speed)
        guard let coordinate = ride.pings.last?.coordinate else { return }
        matcher.observe(
            TestTown.network.plane.point(coordinate), at: ride.now, claim: Claim(), in: lines,
            using: &nearby
        ) { _, _ in 0 }
    }

    /// Metres along a line of its hypotheses, in order.
    func distances(on line: Int) -> [Double] {
        matcher.hypotheses.elements.filter { $0.line == line }.map { $0.distance.rounded() }
            .sorted()
    }
}
