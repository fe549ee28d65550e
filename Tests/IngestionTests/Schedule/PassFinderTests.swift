import Geometry
import Testing

@testable import Ingestion

@Suite struct PassFinderTests {
    private func passes(
        _ line: [(Double, Double)],
        of point: (Double, Double),
        within reach: Double = 100
    ) -> [Int] {
        guard let line = Polyline(line.map({ PlanePoint(x: $0.0, y: $0.1) })) else { return [] }
        var passes: [Pass] = []
        PassFinder(line).addPasses(
            of: PlanePoint(x: point.0, y: point.1), within: reach, to: &passes)
        return passes.map { Int($0.distanceAlong.rounded()) }
    }

    @Test func `a straight line passes once`() {
        #expect(passes([(0, 0), (100, 0), (300, 0)], of: (100, 10)) == [100])
        #expect(passes([(0, 0), (100, 0), (300, 0)], of: (150, 10)) == [150])
    }

    @Test func `the ends of a line are passes`() {
        #expect(passes([(0, 0), (100, 0)], of: (-5, 0)) == [0])
        #expect(passes([(0, 0), (100, 0)], of: (105, 0)) == [100])
    }

    @Test func `out and back passes twice`() {
        #expect(passes([(0, 0), (500, 0), (0, 0)], of: (200, 0)) == [200, 800])
    }

    @Test func `a place out of reach is no pass`() {
        let line = [(0.0, 0.0), (1000, 0), (1000, 150), (0, 150)]
        #expect(passes(line, of: (500, 10)) == [500])
        #expect(passes(line, of: (500, 75), within: 50) == [500, 1650])
    }

    @Test func `repeated points do no harm`() {
        #expect(passes([(0, 0), (0, 0), (100, 0), (100, 0), (200, 0)], of: (100, 5)) == [100])
        #expect(passes([(0, 0)], of: (3, 4)) == [0])
        #expect(passes([(0, 0), (0, 0)], of: (3, 4)) == [0])
    }
}
