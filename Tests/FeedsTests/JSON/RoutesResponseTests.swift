import Testing
import TransitModel

@testable import Feeds

struct RoutesResponseTests {
    @Test func `routes stand in the order in which riders see them`() throws {
        #expect(
            try json(RoutesResponse(Town.network)) == """
                {"routes":[{"color":"FFFFFF","id":"K2","long_name":"East","short_name":"",\
                "text_color":"000000","type":3},{"color":"1165A5","id":"K1",\
                "long_name":"West – East","short_name":"K1","text_color":"FFFFFF","type":3}]}
                """
        )
    }

    @Test func `a route tells its patterns with line and stops`() throws {
        let response = RouteResponse(RouteIndex(1), in: Town.network)
        let pattern = try #require(response.patterns.first)
        #expect(response.route.id == "K2")
        #expect(pattern.directionID == 1)
        #expect(pattern.stops.map(\.id) == ["S6", "S5", "S4", "S3", "S2", "S1"])
        #expect(pattern.stops.map(\.sequence) == [1, 2, 3, 5, 7, 9])
        #expect(pattern.shape.last == [-0.95, 100.36])
        #expect(pattern.headsign == "Halte 1")
    }

    @Test func `the pattern with the most trips leads its direction`() {
        let network = Town.network { parts in
            parts.patterns.elements[1].route = RouteIndex(0)
            parts.patterns.elements[1].direction = 0
            parts.trips.elements[0].pattern = PatternIndex(1)
        }
        let response = RouteResponse(RouteIndex(0), in: network)
        #expect(response.patterns.map(\.headsign) == ["Timur", "Timur"])
        #expect(response.patterns.first?.stops.first?.id == "S6")
    }
}
