import Testing

@testable import Geometry

struct PolylineTests {
    let bend = Polyline([
        PlanePoint(x: 0, y: 0), PlanePoint(x: 100, y: 0), PlanePoint(x: 100, y: 50),
    ])

    @Test func `a line needs a point`() {
        #expect(Polyline([]) == nil)
        #expect(Polyline([PlanePoint(x: 3, y: 4)])?.length == 0)
    }

    @Test func `distances grow along the line`() throws {
        let bend = try #require(bend)
        #expect(bend.distances == [0, 100, 150])
        #expect(bend.point(at: 120) == PlanePoint(x: 100, y: 20))
        #expect(bend.point(at: -5) == PlanePoint(x: 0, y: 0))
        #expect(bend.point(at: 900) == PlanePoint(x: 100, y: 50))
    }

    @Test func `bearings are clockwise from north`() throws {
        let bend = try #require(bend)
        #expect(bend.bearing(at: 50) == 90)
        #expect(bend.bearing(at: 130) == 0)
    }

    @Test func `the nearest place is found`() throws {
        let place = try #require(bend).locate(PlanePoint(x: 60, y: 8))
        #expect(place == PolylineLocation(distanceAlong: 60, offset: 8))
    }

    @Test func `a range confines the search`() throws {
        let place = try #require(bend).locate(PlanePoint(x: 60, y: 8), within: 110...150)
        #expect(place.distanceAlong == 110)
        #expect(abs(place.offset - 40.05) < 0.01)
    }

    @Test(arguments: 0..<50)
    func `a point made from a distance is found at that distance`(seed: Int) throws {
        // A spiral never comes near itself, so the way back is unambiguous.
        let spiral = try #require(
            Polyline(
                (0..<60).map { step in
                    let reach = 100 + Double(step) * 40
                    return [
                        PlanePoint(x: reach, y: 0), PlanePoint(x: 0, y: reach),
                        PlanePoint(x: -reach, y: 0), PlanePoint(x: 0, y: -reach),
                    ][step % 4]
                }))
        let distance = spiral.length * (Double(seed) + 0.5) / 50
        let found = spiral.locate(spiral.point(at: distance))
        #expect(found.offset < 1e-6)
        #expect(abs(found.distanceAlong - distance) < 1e-6)
    }
}
