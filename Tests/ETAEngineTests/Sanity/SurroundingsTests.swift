import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct SurroundingsTests {
    static let home = Coordinate(latitude: -0.95, longitude: 100.36)
    static let jakarta = Coordinate(latitude: -6.2, longitude: 106.8)

    /// A street of stops 500 m apart, and stops elsewhere that the same bus serves.
    func network(stops count: Int = 20, and others: [Coordinate] = []) throws -> Network {
        var parts = Network.Parts()
        parts.plane = LocalPlane(origin: Self.home)
        parts.agencies = Table([Agency(id: "A", name: "A", timeZone: "UTC")])
        parts.routes = Table([Route(id: "R", shortName: "R")])
        let street = (0..<count).map {
            parts.plane.coordinate(PlanePoint(x: Double($0) * 500, y: 0))
        }
        let places = street + others
        parts.stops = Table(
            places.indices.map { Stop(id: "\($0)", name: "\($0)", coordinate: places[$0]) })
        let line = try #require(Polyline(places.map(parts.plane.point)))
        parts.patterns = Table([
            TripPattern(
                route: RouteIndex(0), direction: 0, shape: nil,
                stops: places.indices.map { StopIndex($0) },
                sequences: (1...Int32(places.count)).map { $0 }, line: line,
                distances: line.distances)
        ])
        return try #require(Network(parts))
    }

    func place(_ network: Network, east: Double, north: Double) -> Coordinate {
        network.plane.coordinate(PlanePoint(x: east, y: north))
    }

    @Test func `twenty kilometres around the lines belong to the network, fifty do not`() throws {
        let network = try network()
        let surroundings = Surroundings(network: network)
        for (east, north) in [(-19_000.0, 0.0), (29_000, 0), (5000, 19_000), (5000, -19_000)] {
            #expect(surroundings.reading(of: place(network, east: east, north: north)) != nil)
        }
        for (east, north) in [(-50_000.0, 0.0), (60_000, 0), (5000, 50_000), (5000, -50_000)] {
            #expect(surroundings.reading(of: place(network, east: east, north: north)) == nil)
        }
    }

    @Test func `one absurd stop opens neither its own place nor the way there`() throws {
        let surroundings = Surroundings(network: try network(and: [Self.jakarta]))
        #expect(surroundings.reading(of: Self.jakarta) == nil)
        #expect(surroundings.reading(of: Coordinate(latitude: -3, longitude: 103)) == nil)
        #expect(surroundings.reading(of: Self.home) != nil)
    }

    @Test func `an absurd stop at the other end of the world does no harm`() throws {
        let absurd = [
            Coordinate(latitude: 89.9, longitude: -79.6), Coordinate(latitude: 1, longitude: -1),
        ]
        let surroundings = Surroundings(network: try network(and: absurd))
        #expect(absurd.allSatisfy { surroundings.reading(of: $0) == nil })
        #expect(surroundings.reading(of: Self.home) != nil)
    }

    @Test func `a second town far away belongs to the network`() throws {
        let town = (0..<6).map {
            Coordinate(latitude: -6.2, longitude: 106.8 + Double($0) / 200)
        }
        let surroundings = Surroundings(network: try network(and: town))
        #expect(surroundings.reading(of: Self.jakarta) != nil)
        #expect(surroundings.reading(of: Self.home) != nil)
    }

    @Test func `a terminal far out belongs to the network`() throws {
        let airport = Coordinate(latitude: -0.95, longitude: 100.9)
        let surroundings = Surroundings(network: try network(and: [airport]))
        #expect(surroundings.reading(of: airport) != nil)
    }

    @Test func `of two stops far apart both belong to the network`() throws {
        let surroundings = Surroundings(network: try network(stops: 1, and: [Self.jakarta]))
        #expect(surroundings.reading(of: Self.jakarta) != nil)
        #expect(surroundings.reading(of: Self.home) != nil)
    }

    @Test func `exchanged coordinates are read the other way round`() throws {
        let surroundings = Surroundings(network: try network())
        let reading = try #require(surroundings.reading(of: Self.home.swapped))
        #expect(reading.isSwapped)
        #expect(reading.coordinate == Self.home)
        #expect(surroundings.reading(of: Self.home)?.isSwapped == false)
    }

    @Test func `what is no place is nowhere`() throws {
        let surroundings = Surroundings(network: try network())
        for broken in [Double.nan, .infinity, 1e300, 0] {
            #expect(
                surroundings.reading(of: Coordinate(latitude: broken, longitude: broken)) == nil)
        }
    }
}
