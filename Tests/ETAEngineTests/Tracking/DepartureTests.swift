import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct DepartureTests {
    private let west = TestCity.network.patterns[TestCity.pattern("R", 1)].line
    private let east = TestCity.network.patterns[TestCity.pattern("R", 0)].line

    /// A bus of route R that came to the terminal in the west and has stood there for a while.
    private func waiting(
        every interval: Double = 10, for seconds: Double = 240, seed: UInt64 = 0
    ) -> (ride: Ride, watcher: Watcher) {
        var ride = Ride(west, from: 4000, at: TestCity.moment(8), seed: seed)
        ride.route = "R"
        ride.every = interval
        var watcher = Watcher(TestCity.network)
        watcher.see(&ride, to: 6000)
        watcher.see(&ride, standing: seconds)
        ride.line = east
        ride.distance = 0
        return (ride, watcher)
    }

    @Test(arguments: [10.0, 15, 20])
    func `fixes that wander off by 60 to 90 m are no departure`(step: Double) throws {
        var (ride, watcher) = waiting(for: 300)
        let name = try #require(watcher.bus?.run?.instance)
        for round in 0..<12 {
            let farthest = 60 + Double(round % 4) * 10
            while ride.distance < farthest { watcher.see(&ride, speed: step / ride.every) }
            while ride.distance > 5 { watcher.see(&ride, speed: -step / ride.every) }
            #expect(watcher.progress == nil)
        }
        #expect(watcher.bus?.run?.instance == name)
        watcher.see(&ride, to: 600)
        #expect(watcher.progress != nil)
        #expect(watcher.bus?.run?.instance == name)
    }

    @Test func `a bus that comes to its bay along the line on which it leaves has not left`() throws
    {
        var (ride, watcher) = waiting(for: 400)
        // Let out passengers at the kerb, it goes around the block and comes from the other end.
        let block = try #require(Polyline([(0, 0), (0, 180), (200, 180), (200, 0), (0, 0)]))
        ride.line = block
        watcher.see(&ride, to: 760, speed: 4)
        #expect(watcher.progress == nil)
        #expect(watcher.bus?.run?.pattern == TestCity.pattern("R", 0))
        watcher.see(&ride, standing: 60)
        ride.line = east
        ride.distance = 0
        watcher.see(&ride, to: 600)
        #expect(watcher.progress != nil)
    }

    @Test(arguments: [10.0, 30], [5.0, 6.7, 9])
    func `a departure is found within two fixes and told to 20 s`(
        interval: Double, speed: Double
    ) throws {
        var (ride, watcher) = waiting(every: interval)
        let departure = ride.now
        var fixes = 0
        while watcher.progress == nil, fixes < 10 {
            watcher.see(&ride, speed: speed)
            // Within 60 m a bus may still be moving up.
            if ride.distance > 60 { fixes += 1 }
        }
        #expect(fixes <= 2)
        let found = try #require(watcher.progress?.before?.departure)
        #expect(abs(found - departure) < 20)
    }

    @Test func `a bus that leaves long before its time has the trip before`() {
        var (ride, watcher) = waitingForLaterTrip()
        #expect(watcher.trip == "8:20")
        // Nine minutes before its own time, six after the other's.
        watcher.see(&ride, standing: 540)
        ride.line = Self.streets[1].line
        ride.distance = 0
        watcher.see(&ride, to: 400)
        #expect(watcher.trip == "8:05")
        #expect(watcher.bus?.reassignments == 0)
    }

    @Test func `a bus that leaves at its time keeps its trip`() {
        var (ride, watcher) = waitingForLaterTrip()
        watcher.see(&ride, standing: 1200)
        ride.line = Self.streets[1].line
        ride.distance = 0
        watcher.see(&ride, to: 400)
        #expect(watcher.trip == "8:20")
    }

    @Test func `a bus that stands at another bay before the last stop has arrived`() {
        var ride = Ride(west, from: 4000, at: TestCity.moment(8))
        ride.route = "R"
        var watcher = Watcher(TestCity.network)
        watcher.see(&ride, to: 5880)
        watcher.see(&ride, standing: 30)
        #expect(watcher.bus?.run?.pattern == TestCity.pattern("R", 1))
        watcher.see(&ride, standing: 60)
        #expect(watcher.bus?.run?.pattern == TestCity.pattern("R", 0))
        #expect(watcher.progress == nil)
        #expect(watcher.status()?.state == .layover)
        let last = watcher.engine.takeStopEvents().last
        #expect(last?.position == TestCity.stopCount - 1)
    }

    @Test func `a bus that waits at lights far from the last stop has not arrived`() {
        var ride = Ride(west, from: 4000, at: TestCity.moment(8))
        ride.route = "R"
        var watcher = Watcher(TestCity.network)
        watcher.see(&ride, to: 5800)
        watcher.see(&ride, standing: 180)
        #expect(watcher.bus?.run?.pattern == TestCity.pattern("R", 1))
    }

    @Test(arguments: 0..<10)
    func `a run keeps its start from layover to its end`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var (ride, watcher) = waiting(
            every: Double.random(in: 5...30, using: &random),
            for: random.number(in: 90...600), seed: seed)
        ride.noise = random.number(in: 0...15)
        ride.drift = 0.8
        let name = try #require(watcher.bus?.run?.instance)
        #expect(name.startTime != nil)
        while ride.distance < 5700 {
            watcher.see(&ride, speed: random.number(in: 3...11))
            if random.number(in: 0...1) < 0.1 { watcher.see(&ride, standing: 40) }
            #expect(watcher.bus?.run?.instance == name)
        }
        #expect(watcher.progress != nil)
        #expect(watcher.bus?.reassignments == 0)
    }

    private static let streets = [
        TownPlan.Way("K", 0, [(0, 0), (4000, 0)]), TownPlan.Way("K", 1, [(4000, 0), (0, 0)]),
    ]

    /// A bus that came as the second of two, and waits for the second departure; at 8:02.
    private func waitingForLaterTrip() -> (ride: Ride, watcher: Watcher) {
        let trips = [("7:48", 0, 468), ("7:52", 0, 472), ("8:05", 1, 485), ("8:20", 1, 500)]
        let network = TownPlan(
            ways: Self.streets,
            departures: trips.map { TownPlan.Departure(id: $0.0, way: $0.1, leaving: $0.2 * 60) }
        ).network
        var ride = Ride(Self.streets[0].line, from: 400, at: TestCity.moment(7, 53))
        ride.tripID = "7:52"
        var watcher = Watcher(network)
        watcher.see(&ride, to: 1000)
        ride.tripID = nil
        watcher.see(&ride, to: 4000)
        return (ride, watcher)
    }
}
