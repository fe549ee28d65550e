import Testing
import TransitModel

@testable import ETAEngine

struct TimetableFitTests {
    /// One street of 4 km, which takes ten minutes.
    private static let street = TownPlan.Way("K", 0, [(0, 0), (4000, 0)])
    private static let saturday = ServiceDate(text: "20261121") ?? ServiceDate(dayNumber: 0)

    @Test func `between two trips the earlier one is late rather than the later one early`() {
        let timetable = Self.timetable([("8:00", 480), ("8:10", 490)])
        #expect(Self.trip(timetable, at: 2000, TestCity.moment(8, 10)) == "8:00")
        #expect(Self.trip(timetable, at: 2000, TestCity.moment(8, 12)) == "8:00")
        #expect(Self.trip(timetable, at: 2000, TestCity.moment(8, 14, 30)) == "8:10")
    }

    @Test func `a bus is at most ten minutes early and forty late`() {
        let timetable = Self.timetable([("8:00", 480)])
        #expect(Self.trip(timetable, at: 2000, TestCity.moment(7, 55, 1)) == "8:00")
        #expect(Self.trip(timetable, at: 2000, TestCity.moment(7, 54, 59)) == nil)
        #expect(Self.trip(timetable, at: 2000, TestCity.moment(8, 45)) == "8:00")
        #expect(Self.trip(timetable, at: 2000, TestCity.moment(8, 45, 1)) == nil)
    }

    @Test func `waiting at the start costs little`() throws {
        let timetable = Self.timetable([("8:00", 480)])
        let waiting = try #require(Self.fit(timetable, at: 50, TestCity.moment(7, 51)))
        let gone = try #require(
            timetable.fit(onLine: 0, leavingAt: TestCity.moment(7, 51), RunHolders()))
        let onWay = try #require(Self.fit(timetable, at: 150, TestCity.moment(7, 51)))
        #expect(waiting.cost < 1)
        #expect(gone.cost > 5)
        #expect(onWay.cost > 5)
    }

    @Test func `a trip of another hour may take longer`() throws {
        var plan = Self.plan([("fast", 480), ("slow", 1020)])
        plan.departures[1].speed = TownPlan.speed / 2
        let timetable = TimetableTests.timetable(of: plan.network)
        let fast = try #require(Self.fit(timetable, at: 3600, TestCity.moment(8, 9)))
        let slow = try #require(Self.fit(timetable, at: 3600, TestCity.moment(17, 18)))
        #expect(abs(fast.lateness) < 1)
        #expect(abs(slow.lateness) < 1)
    }

    @Test func `a quick trip is found though the first of the day is slow`() throws {
        var plan = Self.plan([("slow", 360), ("quick", 480)])
        plan.departures[0].speed = TownPlan.speed / 2
        let timetable = TimetableTests.timetable(of: plan.network)
        let quick = try #require(Self.fit(timetable, at: 3600, TestCity.moment(8, 6)))
        #expect(abs(quick.lateness + 180) < 1)
    }

    @Test func `a night trip is found under the day before`() throws {
        let timetable = Self.timetable([("0:30", 24 * 60 + 30)])
        let fit = try #require(Self.fit(timetable, at: 0, TestCity.moment(24, 31)))
        #expect(fit.instance.serviceDate == Self.saturday)
        #expect(fit.lateness == 60)
    }

    @Test func `a night trip filed under the day on which it ends is found all the same`() throws {
        var plan = Self.plan([("misfiled", 24 * 60 + 30)])
        plan.services = [Service(id: "saturday", added: [Self.saturday])]
        let timetable = TimetableTests.timetable(of: plan.network)
        let misfiled = try #require(Self.fit(timetable, at: 0, TestCity.moment(0, 31)))
        let right = try #require(Self.fit(timetable, at: 0, TestCity.moment(24, 31)))
        #expect(misfiled.instance.serviceDate == Self.saturday - 1)
        #expect(right.instance.serviceDate == Self.saturday)
        #expect(misfiled.cost > right.cost + 1)
        #expect(Self.fit(timetable, at: 0, TestCity.moment(48, 31)) == nil)
    }

    @Test func `a night trip filed rightly is preferred to one that is not`() throws {
        var plan = Self.plan([("misfiled", 24 * 60 + 31), ("right", 24 * 60 + 29)])
        plan.services = [
            Service(id: "saturday", added: [Self.saturday]),
            Service(id: "friday", added: [Self.saturday - 1]),
        ]
        plan.departures[1].service = 1
        let timetable = TimetableTests.timetable(of: plan.network)
        #expect(Self.trip(timetable, at: 0, TestCity.moment(0, 31)) == "right")
    }

    @Test func `a headway fits at any time of its hours and worse outside them`() throws {
        let timetable = TimetableTests.timetable(of: TestCity.network)
        let within = try #require(Self.fit(timetable, at: 600, TestCity.moment(9, 3)))
        let after = try #require(Self.fit(timetable, at: 600, TestCity.moment(19, 31)))
        let night = try #require(Self.fit(timetable, at: 600, TestCity.moment(23, 59)))
        #expect(
            within.cost == (try #require(Self.fit(timetable, at: 5400, TestCity.moment(7)))).cost)
        #expect(within.cost < after.cost)
        #expect(after.cost < night.cost)
        #expect(night.cost <= within.cost + 1.5)
    }

    @Test func `a headway of another day costs more than one outside its hours`() throws {
        let sunday = TestCity.network(on: Service(id: "sunday", added: [Self.saturday + 1]))
        let today = TimetableTests.timetable(of: TestCity.network)
        let tomorrow = TimetableTests.timetable(of: sunday)
        let noon = try #require(Self.fit(tomorrow, at: 600, TestCity.moment(12)))
        let night = try #require(Self.fit(today, at: 600, TestCity.moment(23, 59)))
        #expect(noon.instance.serviceDate == Self.saturday)
        #expect(noon.cost > night.cost)
    }

    @Test(arguments: 0..<30)
    func `the best fit is the cheapest of all trips`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var plan = Self.plan(
            (0..<12).map { ("t\($0)", Int.random(in: 420..<600, using: &random)) })
        for index in plan.departures.indices {
            plan.departures[index].speed *= random.number(in: 0.7...1.3)
        }
        let network = plan.network
        let timetable = TimetableTests.timetable(of: network)
        for _ in 0..<20 {
            let place = random.number(in: 200...3900)
            let moment = TestCity.moment(0, 0, Int.random(in: 25_200..<37_800, using: &random))
            let costs = network.trips.indices.map {
                timetable.cost(
                    of: TripInstance(trip: $0, serviceDate: Self.saturday), at: place, moment)
            }
            let least = costs.min() ?? .infinity
            #expect(Self.fit(timetable, at: place, moment)?.cost ?? .infinity == least)
        }
    }

    private static func plan(_ trips: [(id: String, minute: Int)]) -> TownPlan {
        TownPlan(
            ways: [street],
            departures: trips.map {
                TownPlan.Departure(id: $0.id, way: 0, leaving: $0.minute * 60)
            })
    }

    private static func timetable(_ trips: [(id: String, minute: Int)]) -> Timetable {
        TimetableTests.timetable(of: plan(trips).network)
    }

    private static func fit(
        _ timetable: Timetable, at distance: Double, _ moment: Timestamp
    ) -> TripFit? {
        timetable.fit(onLine: 0, at: distance, moment, RunHolders())
    }

    private static func trip(
        _ timetable: Timetable, at distance: Double, _ moment: Timestamp
    ) -> String? {
        fit(timetable, at: distance, moment).map { timetable.network.trips[$0.instance.trip].id }
    }
}
