import Testing
import TransitModel

@testable import ETAEngine

struct TimetableTests {
    let exact = timetable(of: TestCity.exactNetwork)
    let loose = timetable(of: TestCity.network)

    static func timetable(of network: Network) -> Timetable {
        Timetable(network: network, lines: LineSet(network: network, reach: 100))
    }

    @Test func `a run is named by when it left where only a headway is promised`() {
        let instance = Self.instance(loose, 0, TestCity.moment(8, 3, 7))
        #expect(instance?.startTime?.text == "08:03:07")
    }

    @Test func `a run is named by the nearest promised start where starts are exact`() {
        let early = Self.instance(exact, 0, TestCity.moment(8, 3, 7))
        #expect(early?.startTime?.text == "08:00:00")
        let late = Self.instance(exact, 0, TestCity.moment(8, 6))
        #expect(late?.startTime?.text == "08:10:00")
        let night = Self.instance(exact, 0, TestCity.moment(23))
        #expect(night?.startTime?.text == "18:50:00")
    }

    @Test func `a start that is taken gives way to the next`() throws {
        func second(_ timetable: Timetable) throws -> String? {
            let first = try #require(Self.instance(timetable, 0, TestCity.moment(8)))
            #expect(first.startTime?.text == "08:00:00")
            return Self.instance(timetable, 0, TestCity.moment(8), Self.holding(first))?
                .startTime?.text
        }
        #expect(try second(loose) == "08:00:01")
        #expect(try second(exact) == "08:10:00")
    }

    @Test func `a trip that leaves after two midnights belongs to the day before yesterday`()
        throws
    {
        let thursday = try #require(ServiceDate(text: "20261119"))
        let network = TestCity.network(
            on: Service(id: "one day", added: [thursday]), delayedBy: 44 * 3600)
        var timetable = Self.timetable(of: network)
        // 06:00 and 44 hours, which is 50:00: Saturday, 02:00.
        let departure = TestCity.moment(2)
        let trip = try #require(network.trip(id: "T-6"))
        let instance = TripInstance(trip: trip, serviceDate: thursday)
        #expect(Self.instance(timetable, 2, departure) == instance)
        #expect(timetable.serviceDate(of: trip, at: departure) == thursday)
        let departures = timetable.departures(in: departure - 60...departure + 60)
        #expect(departures == [instance])
    }

    @Test func `a trip is named on the date that fits the time, though it only runs the day after`()
        throws
    {
        let sunday = try #require(ServiceDate(text: "20261122"))
        let network = TestCity.network(
            on: Service(id: "one day", added: [sunday]), delayedBy: -21_000)
        let trip = try #require(network.trip(id: "T-6"))
        // Half an hour after 00:10 on the Saturday before.
        let timetable = Self.timetable(of: network)
        #expect(timetable.serviceDate(of: trip, at: TestCity.moment(0, 40)) == sunday - 1)
        #expect(timetable.serviceDate(of: trip, at: TestCity.moment(20)) == sunday)
    }

    @Test func `a timetabled trip that is taken gives way to another in reach or to none`() throws {
        let moment = TestCity.moment(8, 5)
        let free = try #require(Self.instance(loose, 2, moment))
        #expect(free.trip == TestCity.network.trip(id: "T-8"))
        #expect(Self.instance(loose, 2, moment, Self.holding(free)) == nil)
    }

    @Test func `a trip is taken from a vehicle that it fits much worse`() throws {
        let moment = TestCity.moment(8, 5)
        let free = try #require(Self.instance(loose, 2, moment))
        var holders = Self.holding(free)
        holders.rate(0, cost: 4)
        #expect(Self.instance(loose, 2, moment, holders) == free)
    }

    @Test func `being early speaks more against a trip than being as late`() throws {
        let trip = try #require(TestCity.network.trip(id: "T-8"))
        let date = TestCity.network.serviceDay.date(at: start)
        let instance = TripInstance(trip: trip, serviceDate: date)
        // 3,000 m along the timetable has the bus at 08:07:30.
        let late = loose.cost(of: instance, at: 3000, TestCity.moment(8, 12, 30))
        let early = loose.cost(of: instance, at: 3000, TestCity.moment(8, 2, 30))
        #expect(late > 0.5 && late < 1.5)
        #expect(early > 2 * late)
    }

    private let start = TestCity.moment(8)

    private static func instance(
        _ timetable: Timetable, _ line: Int, _ departure: Timestamp,
        _ holders: RunHolders = RunHolders()
    ) -> TripInstance? {
        timetable.fit(onLine: line, leavingAt: departure, holders)?.instance
    }

    /// A vehicle that is heard of and holds a run.
    private static func holding(_ instance: TripInstance) -> RunHolders {
        var holders = RunHolders()
        holders.hear(0, until: Timestamp(.infinity))
        holders[instance] = 0
        return holders
    }
}
