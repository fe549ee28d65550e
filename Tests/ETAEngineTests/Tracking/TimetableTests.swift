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
        let instance = loose.instance(onLine: 0, leavingAt: TestCity.moment(8, 3, 7)) { _ in false }
        #expect(instance?.startTime?.text == "08:03:07")
    }

    @Test func `a run is named by the nearest promised start where starts are exact`() {
        let early = exact.instance(onLine: 0, leavingAt: TestCity.moment(8, 3, 7)) { _ in false }
        #expect(early?.startTime?.text == "08:00:00")
        let late = exact.instance(onLine: 0, leavingAt: TestCity.moment(8, 6)) { _ in false }
        #expect(late?.startTime?.text == "08:10:00")
        let night = exact.instance(onLine: 0, leavingAt: TestCity.moment(23)) { _ in false }
        #expect(night?.startTime?.text == "18:50:00")
    }

    @Test func `a start that is taken gives way to the next`() {
        func second(_ timetable: Timetable) -> String? {
            timetable.instance(onLine: 0, leavingAt: TestCity.moment(8)) {
                $0.startTime?.text == "08:00:00"
            }?.startTime?.text
        }
        #expect(second(loose) == "08:00:01")
        #expect(second(exact) == "08:10:00")
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
        #expect(timetable.instance(onLine: 2, leavingAt: departure) { _ in false } == instance)
        #expect(timetable.serviceDate(of: trip, at: departure) == thursday)
        let departures = timetable.departures(in: departure - 60...departure + 60)
        #expect(departures == [instance])
    }

    @Test func `a timetabled trip that is taken gives way to another in reach or to none`() {
        let taken = loose.instance(onLine: 2, leavingAt: TestCity.moment(8, 5)) { _ in true }
        #expect(taken == nil)
        let free = loose.instance(onLine: 2, leavingAt: TestCity.moment(8, 5)) { _ in false }
        #expect(free?.trip == TestCity.network.trip(id: "T-8"))
    }
}
