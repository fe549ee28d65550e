import Geometry
import Testing
import TransitModel

@testable import Feeds

struct StopsResponseTests {
    @Test func `a stop says which routes call there, in the order riders see routes`() throws {
        #expect(
            try json(StopResponse(Town.stop("S1"), in: Town.network)) == """
                {"stop":{"distance_m":null,"id":"S1","lat":-0.95,"lon":100.36,\
                "name":"Halte 1","routes":["K2","K1"]}}
                """
        )
    }

    @Test func `stops near a place come nearest first`() {
        let place = Town.network.plane.coordinate(PlanePoint(x: 900, y: 0))
        let response = StopsResponse(near: place, radius: 700, in: Town.network)
        #expect(response.stops.map(\.id) == ["S3", "S2", "S4"])
        #expect(response.stops.map(\.distanceM) == [100, 400, 600])
        #expect(
            StopsResponse(near: place, radius: 700, limit: 1, in: Town.network).stops.count == 1)
    }

    @Test func `stops without a position or without buses are not found`() {
        let network = Town.network { parts in
            parts.stops.elements[1].coordinate = nil
            parts.stops.elements.append(
                Stop(id: "gate", name: "Gate", coordinate: parts.stops.elements[0].coordinate))
        }
        let place = Coordinate(latitude: -0.95, longitude: 100.36)
        let found = StopsResponse(near: place, radius: 600, in: network)
        #expect(found.stops.map(\.id) == ["S1"])
        #expect(StopPlace(network.stops[StopIndex(1)]).lat == nil)
    }
}
