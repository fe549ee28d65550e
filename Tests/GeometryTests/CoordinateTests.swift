import Testing

@testable import Geometry

struct CoordinateTests {
    let padang = Coordinate(latitude: -0.9527, longitude: 100.3636)

    @Test func `a degree of latitude is 111 km`() {
        let north = Coordinate(latitude: 0.0473, longitude: 100.3636)
        #expect(abs(padang.distance(to: north) - 111_195) < 10)
    }

    @Test func `null island and the impossible are not plausible`() {
        #expect(padang.isPlausible)
        #expect(!Coordinate(latitude: 0, longitude: 0).isPlausible)
        #expect(!padang.swapped.isPlausible)
        #expect(!Coordinate(latitude: .nan, longitude: 100).isPlausible)
    }
}
