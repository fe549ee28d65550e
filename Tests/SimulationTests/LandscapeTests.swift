import Geometry
import Testing
import TransitModel

@testable import Simulation

@Suite struct `The landscape` {
    private let places = (0..<20_000).map {
        PlanePoint(x: Double($0 % 200) * 97, y: Double($0 / 200) * 97)
    }

    @Test func `dead zones are rare and canyons uncommon`() {
        let landscape = Landscape(seed: Seed(6))
        let receptions = places.map { landscape.reception(at: $0) }
        let silent = receptions.count { $0 == .silent }
        let canyon = receptions.count { $0 == .canyon }
        #expect((20...600).contains(silent))
        #expect((500...4000).contains(canyon))
    }

    @Test func `a sharp corner is taken slowly`() throws {
        let line = try #require(
            Polyline([
                PlanePoint(x: 0, y: 0), PlanePoint(x: 500, y: 0), PlanePoint(x: 500, y: 500),
            ])
        )
        let pattern = TripPattern(
            route: RouteIndex(0),
            direction: 0,
            shape: nil,
            stops: [StopIndex(0), StopIndex(1)],
            sequences: [1, 2],
            line: line,
            distances: [0, 1000]
        )
        let landscape = Landscape(seed: Seed(6))
        #expect(landscape.freeSpeed(of: pattern, at: 500) == 5)
        #expect(landscape.freeSpeed(of: pattern, at: 300) > 5)
    }
}
