import Testing

@testable import Geometry

struct LocalPlaneTests {
    @Test(arguments: [-0.95, 30.3, 44.2, -33.9])
    func `the plane keeps distances within a city`(latitude: Double) {
        let origin = Coordinate(latitude: latitude, longitude: 100)
        let plane = LocalPlane(origin: origin)
        let place = Coordinate(latitude: latitude + 0.1, longitude: 100.1)
        let there = plane.point(place)
        let flat = there.distance(to: plane.point(origin))
        #expect(abs(flat - origin.distance(to: place)) < 0.002 * flat)
        let back = plane.coordinate(there)
        #expect(abs(back.latitude - place.latitude) < 1e-12)
        #expect(abs(back.longitude - place.longitude) < 1e-12)
    }
}
