import Testing
import TransitModel

@testable import transpadang

struct RouteViewTests {
    @Test func `a pattern shows its stops in order with metres from the start`() throws {
        let network = try Village.network()
        let view = RouteView(network, [try #require(network.route(id: "r1"))])
        #expect(
            view.text == """
                1  Hub - End  (route r1)

                To End: direction 0, 2 trips, 2,224 m on shape line
                SEQ  METRES  STOP            ID
                  1       0  Hub Platform 1  h1
                  5   1,112  Middle          mid
                  9   2,224  End             end
                """)
    }

    @Test func `a pattern without a shape is measured from stop to stop`() throws {
        let network = try Village.network()
        let view = RouteView(network, [try #require(network.route(id: "r2"))])
        let pattern = try #require(view.routes.first?.patterns.first)
        #expect(pattern.shapeID == nil)
        #expect(pattern.trips == 2)
        #expect(pattern.headwayTrips == 2)
        #expect(pattern.headsigns == ["Hub"])
        #expect(
            view.text.contains("To Hub: direction 1, 2 trips (2 by headway), 2,213 m on straight"))
    }

    @Test func `the bundled routes run forward from their first stop`() throws {
        let network = try Bundled.network()
        let view = RouteView(network, Array(network.routes.indices))
        #expect(view.routes.map(\.routeID) == ["K1", "K2", "K3", "K4", "K5", "K6"])
        for pattern in view.routes.flatMap(\.patterns) {
            let distances = pattern.stops.map(\.distanceM)
            #expect(distances == distances.sorted())
            #expect(pattern.lengthM > 5_000)
        }
    }
}
