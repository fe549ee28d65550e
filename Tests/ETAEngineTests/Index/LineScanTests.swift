import Geometry
import Testing

@testable import ETAEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct LineScanTests {
    @Test func `out and back along one street is two places`() throws {
        let line = try #require(Polyline([(0, 0), (1000, 0), (0, 0)]))
        #expect(Self.places(near: (600, 10), on: line).map { $0.rounded() } == [600, 1400])
    }

    @Test func `the way back past a turn shorter than reach is a place of its own`() throws {
        let line = try #require(Polyline([(0, 0), (1000, 0), (0, 0)]))
        #expect(Self.places(near: (940, 5), on: line).map { $0.rounded() } == [940, 1060])
        // So near to the turn that the line has not led away.
        #expect(Self.places(near: (980, 5), on: line).map { $0.rounded() } == [980])
    }

    @Test func `a hairpin drawn in one curve has a place on each leg`() throws {
        let curve = stride(from: -90.0, through: 90, by: 15).map { degrees in
            let angle = degrees * .pi / 180
            return PlanePoint(x: 500 + 20 * cos(angle), y: 20 + 20 * sin(angle))
        }
        let line = try #require(
            Polyline([PlanePoint(x: 0, y: 0)] + curve + [PlanePoint(x: 0, y: 40)]))
        let places = Self.places(near: (420, 12), on: line)
        #expect(places.count == 2)
        #expect(abs(places[0] - 420) < 2)
        #expect(abs(places[1] - (line.length - 420)) < 2)
    }

    @Test func `a loop ends where it starts`() {
        let line = TestTown.ways[TestTown.loop].line
        #expect(Self.places(near: (0, 0), on: line).map { $0.rounded() } == [0, 4000])
    }

    @Test func `the stem of a lollipop is passed twice and its loop once`() {
        let line = TestTown.ways[TestTown.lollipop].line
        #expect(Self.places(near: (6000, 20), on: line).map { $0.rounded() } == [1000, 6200])
        #expect(Self.places(near: (7500, 620), on: line).map { $0.rounded() } == [3100])
    }

    @Test func `a place beyond the window is held at its edge`() throws {
        let line = try #require(Polyline([(0, 0), (1000, 0)]))
        #expect(Self.places(near: (550, 0), on: line, from: 100, to: 500) == [500])
        #expect(Self.places(near: (50, 0), on: line, from: 100, to: 500) == [100])
        #expect(Self.places(near: (700, 0), on: line, from: 100, to: 500).isEmpty)
    }

    @Test func `a window hides the other leg`() throws {
        let line = try #require(Polyline([(0, 0), (1000, 0), (0, 0)]))
        #expect(Self.places(near: (600, 10), on: line, from: 500, to: 900) == [600])
        #expect(Self.places(near: (600, 10), on: line, from: 1100, to: 2000) == [1400])
    }

    /// Winding lines, points beside them and windows: the scan must find what a walk along the line
    /// metre by metre finds, from wherever it starts.
    @Test(arguments: 0..<25)
    func `scanning from any place agrees with a walk along the line`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let lines = random.lines(4)
        let edges = EdgeSet(lines)
        for (line, polyline) in lines.enumerated() {
            for _ in 0..<5 {
                let beside = polyline.point(at: random.number(in: 0...polyline.length))
                let step = random.point(within: 120)
                let point = PlanePoint(x: beside.x + step.x, y: beside.y + step.y)
                let low = random.number(in: 0...polyline.length)
                let high = min(polyline.length, low + random.number(in: 0...2000))
                guard let walked = Walk.clear(polyline, near: point, low, high) else { continue }
                for _ in 0..<3 {
                    let hint = try #require(
                        edges.place(at: random.number(in: low...polyline.length), along: line))
                    let found = Self.places(edges, line, near: point, low, high, from: hint)
                    #expect(found.count == walked.count)
                    for (place, offset) in zip(found, walked) {
                        #expect(abs(place.offset - offset) < 1.5)
                        let there = polyline.point(at: place.distance).distance(to: point)
                        #expect(abs(there - place.offset) < 1.5)
                        #expect(place.distance >= low && place.distance <= high)
                    }
                }
            }
        }
    }

    private static func places(
        near point: (x: Double, y: Double), on line: Polyline, from low: Double = 0,
        to high: Double = .infinity
    ) -> [Double] {
        let edges = EdgeSet([line])
        guard let hint = edges.place(at: low, along: 0) else { return [] }
        return places(
            edges, 0, near: PlanePoint(x: point.x, y: point.y), low, min(high, line.length),
            from: hint
        ).map(\.distance)
    }

    private static func places(
        _ edges: EdgeSet, _ line: Int, near point: PlanePoint, _ low: Double, _ high: Double,
        from hint: LinePlace
    ) -> [LinePlace] {
        var places: [LinePlace] = []
        edges.forEachPlace(
            onLine: line, near: point, from: low, to: high, scanningFrom: hint, within: 100
        ) { places.append($0) }
        return places
    }
}

/// The slow way to find the places of a line near a point.
private enum Walk {
    /// Metres off the line of each place; nil where it hangs on a metre or two how many there are.
    static func clear(
        _ line: Polyline, near point: PlanePoint, _ low: Double, _ high: Double
    ) -> [Double]? {
        let offsets = stride(from: low, through: high, by: 1).map {
            line.point(at: $0).distance(to: point)
        }
        let found = places(offsets, reach: 100, hump: 30)
        for (reach, hump) in [(97.0, 30.0), (103, 30), (100, 26), (100, 34)]
        where places(offsets, reach: reach, hump: hump).count != found.count { return nil }
        return found
    }

    private static func places(_ offsets: [Double], reach: Double, hump: Double) -> [Double] {
        var places: [Double] = []
        var nearest: Double?
        var peak = 0.0
        for offset in offsets {
            if let known = nearest, offset > reach || (peak > known + hump && offset < peak - hump)
            {
                places.append(known)
                nearest = nil
            }
            guard offset <= reach else { continue }
            if nearest.map({ offset < $0 }) ?? true {
                nearest = offset
                peak = offset
            }
            peak = max(peak, offset)
        }
        return places + (nearest.map { [$0] } ?? [])
    }
}
