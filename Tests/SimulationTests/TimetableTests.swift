import Testing
import TransitModel

@testable import Simulation

@Suite struct `The timetable` {
    private let route = RouteIndex(0)

    private func trip(
        _ network: Network,
        _ hour: Int,
        _ minute: Int = 0,
        on date: ServiceDate
    ) -> String? {
        var timetable = Timetable(network: network)
        let nearest = timetable.nearest(
            to: network.moment(hour, minute, on: date),
            route: route,
            direction: 0
        )
        return nearest.offers.first.map { network.trips[$0.trip].id }
    }

    @Test func `the window in force decides the trip`() {
        let town = TestTown.sundayDetour
        #expect(trip(town, 8, on: TestTown.monday) == "work-0")
        #expect(trip(town, 8, on: TestTown.sunday) == "free-0")
        #expect(trip(town, 9, 59, on: TestTown.sunday) == "free-0")
        #expect(trip(town, 10, on: TestTown.sunday) == "late-0")
    }

    @Test func `outside service hours the nearest window holds`() {
        let town = TestTown.sundayDetour
        #expect(trip(town, 5, on: TestTown.sunday) == "free-0")
        #expect(trip(town, 21, on: TestTown.sunday) == "late-0")
        #expect(trip(town, 3, on: TestTown.monday) == "work-0")
    }

    @Test func `a day without service is run like any other`() {
        let town = TestTown.timetable
        #expect(trip(town, 7, 1, on: TestTown.sunday) == "T-0-4")
    }

    @Test func `the small hours belong to the day before`() {
        var town = TestTown()
        let pattern = town.addPattern(town.addRoute("N"), direction: 0, stops: 5)
        town.addTrip("night", pattern, frequencies: [(23, 26, 600)])
        let network = town.network
        var timetable = Timetable(network: network)
        let nearest = timetable.nearest(
            to: network.moment(1, on: TestTown.monday + 1),
            route: route,
            direction: 0
        )
        #expect(nearest.date == TestTown.monday)
        #expect(nearest.time == 25 * 3600)
    }

    @Test func `a taken trip is passed over while there are others`() throws {
        let network = TestTown.timetable
        var timetable = Timetable(network: network)
        let taken = Set(["T-0-4"].compactMap { network.trip(id: $0) })
        let nearest = timetable.nearest(
            to: network.moment(7, 2),
            route: route,
            direction: 0,
            sparing: taken
        )
        let offer = try #require(nearest.offers.first)
        #expect(network.trips[offer.trip].id == "T-0-5")
    }

    @Test func `departures of a span come in order`() {
        let network = TestTown.timetable
        var timetable = Timetable(network: network)
        let offers = timetable.departures(
            on: TestTown.monday,
            within: 25_200...27_900,
            route: route,
            direction: 1
        )
        #expect(offers.map(\.start) == [25_200, 26_100, 27_000, 27_900])
    }

    @Test func `distance to a window goes the shorter way around the clock`() throws {
        var timetable = Timetable(network: TestTown.headways)
        let offer = try #require(timetable.day(TestTown.monday).offers[0][0].first)
        #expect(offer.distance(from: 7 * 3600) == 0)
        #expect(offer.distance(from: 5 * 3600) == 3600)
        #expect(offer.distance(from: 23 * 3600) == 4 * 3600)
        #expect(offer.distance(from: 3600) == 5 * 3600)
    }
}
