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

    @Test(arguments: [(179.99, -179.98), (-179.99, 179.98)])
    func `places on both sides of 180° are neighbours`(origin: Double, there: Double) {
        let plane = LocalPlane(origin: Coordinate(latitude: -16.8, longitude: origin))
        let place = Coordinate(latitude: -16.8, longitude: there)
        let point = plane.point(place)
        let metres = plane.origin.distance(to: place)
        #expect(abs(point.distance(to: PlanePoint(x: 0, y: 0)) - metres) < 0.001 * metres)
        #expect((point.x > 0) == (origin > 0))
        #expect(abs(plane.coordinate(point).longitude - there) < 1e-9)
    }
}
