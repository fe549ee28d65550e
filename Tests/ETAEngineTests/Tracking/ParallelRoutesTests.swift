import Testing
import TransitModel

@testable import ETAEngine

struct ParallelRoutesTests {
    /// A bus that says nothing of itself and leaves the street's first stop at a moment.
    private func ride(_ way: Int, leaving moment: Timestamp, seed: UInt64 = 0) -> Ride {
        Ride(TestTown.ways[way].line, at: moment, seed: seed)
    }

    @Test(arguments: [(TestTown.straight, 0), (TestTown.turning, 15)])
    func `on the shared street the timetable decides where it is clear`(
        way: Int, minute: Int
    ) {
        var ride = ride(way, leaving: TestCity.moment(8, minute, 30))
        var watcher = Watcher(TestTown.network)
        watcher.see(&ride, to: 1500)
        #expect(watcher.bus?.run?.line == way)
        watcher.see(&ride, to: 5500)
        #expect(watcher.bus?.run?.line == way)
        #expect(watcher.bus?.reassignments == 0)
    }

    @Test(arguments: [TestTown.straight, TestTown.turning])
    func `where the timetable is not clear no run is given until the routes part`(way: Int) {
        // Twelve minutes late for one route and three early for the other.
        var ride = ride(way, leaving: TestCity.moment(8, 12))
        var watcher = Watcher(TestTown.network)
        while ride.distance < TestTown.shared - 100 {
            watcher.see(&ride)
            #expect(watcher.bus?.run == nil)
        }
        watcher.see(&ride, to: TestTown.shared + 400)
        #expect(watcher.bus?.run?.line == way)
        #expect(watcher.bus?.reassignments == 0)
    }

    @Test(arguments: 0..<10)
    func `a wrong run is given up within three fixes of leaving its line`(seed: UInt64) {
        // By the timetable it is the bus that goes straight on.
        var ride = ride(TestTown.turning, leaving: TestCity.moment(8, 0, 30), seed: seed)
        ride.noise = Double(seed)
        ride.every = 10 + Double(seed)
        var watcher = Watcher(TestTown.network)
        watcher.see(&ride, to: 2500)
        #expect(watcher.bus?.run?.line == TestTown.straight)
        var fixes = 0
        while ride.distance < 4500 {
            watcher.see(&ride)
            // From here on fixes are out of reach of the street.
            if ride.distance > TestTown.shared + TripMatcher.reach + 3 * ride.noise { fixes += 1 }
            guard fixes > 3, let status = watcher.status() else { continue }
            #expect(watcher.bus?.run?.line != TestTown.straight)
            #expect(status.state != .inService || status.offset ?? 0 < 100)
        }
        #expect(watcher.bus?.run?.line == TestTown.turning)
    }

    @Test func `a bus of one route that goes straight on is given up by the other too`() {
        var ride = ride(TestTown.straight, leaving: TestCity.moment(8, 15, 30))
        var watcher = Watcher(TestTown.network)
        watcher.see(&ride, to: 2500)
        #expect(watcher.bus?.run?.line == TestTown.turning)
        watcher.see(&ride, to: 3400)
        #expect(watcher.bus?.run?.line == TestTown.straight)
    }

    @Test(arguments: [TestTown.straight, TestTown.turning])
    func `where the timetable is not clear the source's word of the route decides`(way: Int) {
        var ride = ride(way, leaving: TestCity.moment(8, 12))
        ride.route = TestTown.ways[way].route
        var watcher = Watcher(TestTown.network)
        watcher.see(&ride, to: 1500)
        #expect(watcher.bus?.run?.line == way)
    }

    @Test func `of two buses close together the first has the trip that is due`() {
        var engine = Engine(network: TestTown.network)
        var first = ride(TestTown.straight, leaving: TestCity.moment(8, 1))
        first.go(to: 2500)
        var second = ride(TestTown.straight, leaving: TestCity.moment(8, 4))
        second.vehicleID = "8"
        second.go(to: 2500)
        engine.receive(first, second)
        #expect(engine.vehicle(id: "7")?.run?.line == TestTown.straight)
        #expect(engine.vehicle(id: "8")?.run?.instance != engine.vehicle(id: "7")?.run?.instance)
    }

    @Test(arguments: 0..<10)
    func `a bus on a timetable keeps its trip on a noisy drive`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let way = seed % 2 == 0 ? TestTown.straight : TestTown.straightBack
        let minute = seed % 2 == 0 ? 0 : 20
        var ride = ride(way, leaving: TestCity.moment(8, minute, 45), seed: seed)
        ride.noise = random.number(in: 5...20)
        ride.drift = 0.8
        ride.route = "A"
        var watcher = Watcher(TestTown.network)
        watcher.see(&ride, to: 600)
        let name = try #require(watcher.bus?.run?.instance)
        while ride.distance < 5700 {
            watcher.see(&ride, speed: random.number(in: 4...9))
            if random.number(in: 0...1) < 0.05 { watcher.see(&ride, standing: 30) }
            #expect(watcher.bus?.run?.instance == name)
        }
        #expect(watcher.bus?.reassignments == 0)
    }
}
