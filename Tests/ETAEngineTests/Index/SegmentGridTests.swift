import Geometry
import Testing

@testable import ETAEngine

struct SegmentGridTests {
    @Test(arguments: 0..<40)
    func `the grid finds what brute force finds`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let lines = (0..<6).compactMap { _ in random.line() }
        let grid = SegmentGrid(lines: lines, reach: 60)
        for _ in 0..<200 {
            let point = random.point(within: 2500)
            let expected = Set(
                lines.indices.filter { lines[$0].locate(point).offset <= 60 })
            let found = grid.locations(near: point)
            #expect(Set(found.map(\.line)) == expected)
            for line in expected {
                let best = found.filter { $0.line == line }.map(\.location.offset).min()
                #expect(abs((best ?? .infinity) - lines[line].locate(point).offset) < 1e-9)
            }
        }
    }

    @Test func `a line that comes back is found on both legs`() throws {
        let line = try #require(
            Polyline([
                PlanePoint(x: 0, y: 0), PlanePoint(x: 1000, y: 0), PlanePoint(x: 1000, y: 30),
                PlanePoint(x: 0, y: 30),
            ]))
        let grid = SegmentGrid(lines: [line], reach: 60)
        let found = grid.locations(near: PlanePoint(x: 300, y: 15))
        #expect(found.map { $0.location.distanceAlong.rounded() } == [300, 1730])
    }

    @Test func `nothing is found outside the grid`() throws {
        let line = try #require(Polyline([PlanePoint(x: 0, y: 0), PlanePoint(x: 100, y: 0)]))
        let grid = SegmentGrid(lines: [line], reach: 60)
        #expect(grid.locations(near: PlanePoint(x: 1e6, y: 0)).isEmpty)
        #expect(grid.locations(near: PlanePoint(x: -1e6, y: -1e6)).isEmpty)
    }

    @Test func `a network too wide for the grid gets larger cells`() throws {
        let line = try #require(
            Polyline([PlanePoint(x: 0, y: 0), PlanePoint(x: 90_000, y: 90_000)]))
        let grid = SegmentGrid(lines: [line], reach: 60, maximumCells: 10_000)
        #expect(grid.locations(near: PlanePoint(x: 45_000, y: 45_010)).count == 1)
    }
}

/// A repeatable source of shapes and points (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func point(within metres: Double) -> PlanePoint {
        PlanePoint(
            x: Double.random(in: -metres...metres, using: &self),
            y: Double.random(in: -metres...metres, using: &self))
    }

    mutating func line() -> Polyline? {
        var points = [point(within: 2000)]
        for _ in 0..<30 {
            let step = point(within: 150)
            let last = points[points.count - 1]
            points.append(PlanePoint(x: last.x + step.x, y: last.y + step.y))
        }
        return Polyline(points)
    }
}
