import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct FormerIDsTests {
    private let today = ServiceDate(text: "20261121") ?? ServiceDate(dayNumber: 0)

    private func ids(from older: Network, to network: Network) -> FormerIDs {
        var ids = FormerIDs()
        ids.addTrips(from: older, knowing: ids, to: Recognition(network), on: today)
        return ids
    }

    private func ping(route: String? = nil, trip: String? = nil) -> Ping {
        Ping(
            vehicleID: "7", timestamp: Timestamp(0), receivedAt: Timestamp(0),
            coordinate: TestCity.place(0), routeID: route, tripID: trip)
    }

    @Test func `trips of a timetable with other ids are known by stops, times and days`() throws {
        let former = ids(from: TestCity.network, to: TestCity.renumbered)
        #expect(former.trips.count == TestCity.network.trips.count)
        for (id, trip) in former.trips {
            let old = try #require(TestCity.network.trip(id: id))
            #expect(TestCity.renumbered.trips[trip].id == "new-" + id)
            #expect(
                TestCity.renumbered.departure(of: trip) == TestCity.network.departure(of: old))
        }
    }

    @Test func `what was known of older timetables is passed on`() throws {
        let first = ids(from: TestCity.network, to: TestCity.renumbered)
        var second = FormerIDs()
        second.addTrips(
            from: TestCity.renumbered, knowing: first, to: Recognition(TestCity.exactNetwork),
            on: today)
        let trip = try #require(second.trips["new-T-8"])
        #expect(TestCity.exactNetwork.trips[trip].id == "T-8")
        #expect(second.trips["T-8"] == nil, "it is an id of today")
        #expect(second.trips["new-R-0"] == nil, "its headway is another promise now")
    }

    @Test func `a trip on other days is another trip`() {
        let friday = Service(id: "f", added: [today - 1])
        let sunday = Service(id: "s", added: [today + 1])
        let other = TestCity.network(on: sunday, isRenumbered: true)
        #expect(ids(from: TestCity.network(on: friday), to: other).trips.isEmpty)
        #expect(!ids(from: TestCity.network, to: other).trips.isEmpty, "one day is enough")
    }

    @Test func `a claim is translated only where its id is unknown`() throws {
        var former = ids(from: TestCity.network, to: TestCity.renumbered)
        former.routes = ["old": RouteIndex(1), "R": RouteIndex(0)]
        let network = TestCity.renumbered
        let ping = former.translated(ping(route: "old", trip: "T-9"), to: network)
        #expect(ping.routeID == network.routes[RouteIndex(1)].id)
        #expect(ping.tripID == "new-T-9")
        let known = self.ping(route: "R", trip: "new-T-9")
        #expect(former.translated(known, to: network) == known)
        let strange = self.ping(route: "x", trip: "y")
        #expect(former.translated(strange, to: network) == strange)
    }
}
