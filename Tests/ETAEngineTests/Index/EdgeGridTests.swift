import Geometry
import Testing

@testable import ETAEngine

struct EdgeGridTests {
    /// Metres that simplification and the rounding of vertices may make of an offset.
    private static let slack = 1.2

    @Test(arguments: 0..<20)
    func `of a million points the grid finds what brute force finds`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let lines = random.lines(6)
        let grid = EdgeGrid(EdgeSet(lines), reach: 60)
        let brute = BruteForce(lines, reach: 60 + Self.slack)
        var found = NearbyLines()
        for _ in 0..<50_000 {
            let point = random.point(within: 2500)
            grid.find(point, into: &found)
            let best = brute.offsets(point)
            guard !found.isEmpty || best.contains(where: { $0 <= 60 }) else { continue }
            for line in lines.indices {
                let nearest = found.filter { $0.line == line }.map(\.location.offset).min()
                if let nearest {
                    #expect(abs(nearest - best[line]) < Self.slack)
                } else {
                    #expect(best[line] > 60 - Self.slack)
                }
            }
        }
    }

    @Test(arguments: 0..<20)
    func `a place found is as far away as it says`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let lines = random.lines(6)
        let grid = EdgeGrid(EdgeSet(lines), reach: 60)
        for _ in 0..<2000 {
            let point = random.point(within: 2500)
            for place in grid.locations(near: point) {
                let there = lines[place.line].point(at: place.location.distanceAlong)
                #expect(abs(there.distance(to: point) - place.location.offset) < Self.slack)
            }
        }
    }

    @Test func `a line that comes back is found on both legs`() throws {
        let line = try #require(Polyline([(0, 0), (1000, 0), (1000, 30), (0, 30)]))
        let grid = EdgeGrid(EdgeSet([line]), reach: 60)
        let found = grid.locations(near: PlanePoint(x: 300, y: 15))
        #expect(found.map { $0.location.distanceAlong.rounded() } == [300, 1730])
    }

    @Test func `where lines part a line is found once`() throws {
        let one = try #require(Polyline([(0, 0), (500, 0), (1000, 0)]))
        let other = try #require(Polyline([(0, 0), (500, 0), (500, 800)]))
        let grid = EdgeGrid(EdgeSet([one, other]), reach: 60)
        let found = grid.locations(near: PlanePoint(x: 510, y: 10))
        #expect(found.map(\.line) == [0, 1])
        #expect(found.map { $0.location.distanceAlong.rounded() } == [510, 510])
    }

    @Test func `nothing is found outside the grid`() throws {
        let line = try #require(Polyline([(0, 0), (100, 0)]))
        let grid = EdgeGrid(EdgeSet([line]), reach: 60)
        for far in [1e6, -1e6, 1e300, -.infinity, .nan] {
            #expect(grid.locations(near: PlanePoint(x: far, y: 0)).isEmpty)
            #expect(grid.locations(near: PlanePoint(x: 0, y: far)).isEmpty)
        }
    }

    @Test func `a network without lines has nothing to find`() {
        let grid = EdgeGrid(EdgeSet([]), reach: 60)
        #expect(grid.locations(near: PlanePoint(x: 0, y: 0)).isEmpty)
    }

    @Test func `memory grows with the roads and not with the area`() throws {
        let towns = try [0.0, 400_000].map {
            try #require(Polyline([($0, 0), ($0 + 900, 900)]))
        }
        let one = EdgeGrid(EdgeSet([towns[0]]), reach: 60)
        let both = EdgeGrid(EdgeSet(towns), reach: 60)
        #expect(both.memory < 4 * one.memory)
        #expect(both.locations(near: PlanePoint(x: 400_450, y: 460)).map(\.line) == [1])
    }

    @Test func `a line around the world gets larger cells`() throws {
        let line = try #require(Polyline([(0, 0), (4e7, 2e7)]))
        let grid = EdgeGrid(EdgeSet([line]), reach: 60)
        #expect(grid.cellSize > 64)
        #expect(grid.locations(near: PlanePoint(x: 2e7, y: 1e7)).count == 1)
    }
}

/// Offsets measured on the lines themselves, but for segments with their box out of reach.
private struct BruteForce {
    private static let tile = 500.0
    private let lines: [Polyline]
    /// Line and segment of all that may be near a tile.
    private var tiles: [PlanePoint: [(line: Int, segment: Int)]] = [:]

    init(_ lines: [Polyline], reach: Double) {
        self.lines = lines
        for (line, polyline) in lines.enumerated() {
            for segment in 0..<polyline.points.count - 1 {
                let (start, end) = (polyline.points[segment], polyline.points[segment + 1])
                let low = Self.corner(min(start.x, end.x) - reach, min(start.y, end.y) - reach)
                let high = Self.corner(max(start.x, end.x) + reach, max(start.y, end.y) + reach)
                for x in stride(from: low.x, through: high.x, by: Self.tile) {
                    for y in stride(from: low.y, through: high.y, by: Self.tile) {
                        tiles[PlanePoint(x: x, y: y), default: []].append((line, segment))
                    }
                }
            }
        }
    }

    /// Metres from a point to each line; infinite for some beyond reach.
    func offsets(_ point: PlanePoint) -> [Double] {
        var offsets = [Double](repeating: .infinity, count: lines.count)
        for (line, segment) in tiles[Self.corner(point.x, point.y)] ?? [] {
            offsets[line] = min(offsets[line], lines[line].locate(point, onSegment: segment).offset)
        }
        return offsets
    }

    private static func corner(_ x: Double, _ y: Double) -> PlanePoint {
        PlanePoint(x: (x / tile).rounded(.down) * tile, y: (y / tile).rounded(.down) * tile)
    }
}

extension EdgeGrid {
    /// Every line within `reach` of a point, in order of line and distance.
    fileprivate func locations(near point: PlanePoint) -> [LineLocation] {
        var lines = NearbyLines()
        find(point, into: &lines)
        return Array(lines)
    }
}
