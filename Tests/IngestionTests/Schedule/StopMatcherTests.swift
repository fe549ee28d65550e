import Geometry
import Testing

@testable import Ingestion

@Suite struct StopMatcherTests {
    /// Metres along a line at which stops are placed, rounded.
    private func match(
        _ line: [(Double, Double)],
        _ stops: [(Double, Double)],
        expected: [Double?]? = nil
    ) throws -> [Int] {
        let line = try #require(Polyline(line.map { PlanePoint(x: $0.0, y: $0.1) }))
        let match = StopMatcher(line: line).match(
            stops.map { PlanePoint(x: $0.0, y: $0.1) },
            expected: expected ?? stops.map { _ in nil }
        )
        return try #require(match).places.map { Int($0.distanceAlong.rounded()) }
    }

    @Test func `stops beside a straight line lie at their feet`() throws {
        #expect(try match([(0, 0), (1000, 0)], [(0, 9), (300, -9), (1000, 9)]) == [0, 300, 1000])
    }

    @Test func `a loop ends where it began, a whole turn later`() throws {
        let square = [(0.0, 0.0), (500, 0), (500, 500), (0, 500), (0, 0)]
        #expect(
            try match(square, [(0, 0), (500, 250), (250, 500), (0, 0)]) == [0, 750, 1250, 2000]
        )
    }

    @Test func `a lollipop passes its stem twice`() throws {
        let line = [(0.0, 0.0), (1000, 0), (1000, 400), (1400, 400), (1400, 0), (1000, 0), (0, 0)]
        let stops = [(0.0, 5.0), (500, 5), (1200, 405), (500, -5), (0, -5)]
        #expect(try match(line, stops) == [0, 500, 1600, 3100, 3600])
    }

    @Test func `a street driven out and back keeps both visits of a stop`() throws {
        let line = [(0.0, 0.0), (1000, 0), (0, 0)]
        #expect(
            try match(line, [(0, 0), (400, 0), (1000, 0), (400, 0), (0, 0)])
                == [0, 400, 1000, 1600, 2000]
        )
    }

    @Test func `a crossing does not lead a stop onto the other branch`() throws {
        let eight = [(0.0, 0.0), (1000, 1000), (1000, 0), (0, 1000)]
        let stops = [(100.0, 100.0), (520, 500), (1000, 500), (500, 520), (100, 900)]
        let places = try match(eight, stops)
        #expect(places == [141, 721, 1914, 3107, 3687] || places == places.sorted())
        #expect(places[1] < 1414 && places[3] > 2414)
    }

    @Test func `the nearest place of one stop does not spoil the others`() throws {
        let line = [(0.0, 0.0), (1000, 0), (1000, 40), (0, 40)]
        let stops = [(100.0, 5.0), (300, 22), (600, 5), (900, 35), (500, 35)]
        #expect(try match(line, stops) == [100, 300, 600, 1140, 1540])
    }

    @Test func `two stops that the line passes in the wrong order share a place`() throws {
        let places = try match([(0, 0), (1000, 0)], [(0, 0), (520, 5), (500, 5), (1000, 0)])
        #expect(places == places.sorted())
        #expect((500...520).contains(places[1]) && (500...520).contains(places[2]))
    }

    @Test func `a stop far off takes the nearest place`() throws {
        #expect(
            try match([(0, 0), (1000, 0)], [(0, 0), (400, 450), (1000, 0)]) == [0, 400, 1000]
        )
    }

    @Test func `the timetable tells equal places apart`() throws {
        let line = [(0.0, 0.0), (1000, 0), (0, 0)]
        let stops = [(0.0, 0.0), (300, 0), (0, 0)]
        #expect(try match(line, stops, expected: [0, 0.15, 1]) == [0, 300, 2000])
        #expect(try match(line, stops, expected: [0, 0.85, 1]) == [0, 1700, 2000])
    }

    @Test func `a line drawn backwards still gives places in order`() throws {
        let places = try match([(1000, 0), (0, 0)], [(0, 0), (300, 0), (1000, 0)])
        #expect(places == places.sorted())
    }

    @Test func `no stops have no match`() throws {
        let line = try #require(Polyline([PlanePoint(x: 0, y: 0)]))
        #expect(StopMatcher(line: line).match([], expected: []) == nil)
    }

    @Test(arguments: 0..<60)
    func `no way along the whole line is cheaper`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let corners = (0..<12).map { _ in
            PlanePoint(
                x: .random(in: 0...600, using: &generator),
                y: .random(in: 0...600, using: &generator)
            )
        }
        let line = try #require(Polyline(corners))
        let stops = (1...5).map { number in
            let share = (Double(number) + .random(in: -0.3...0.3, using: &generator)) / 6
            let point = line.point(at: share * line.length)
            return PlanePoint(x: point.x + .random(in: -15...15, using: &generator), y: point.y)
        }
        let match = try #require(
            StopMatcher(line: line).match(stops, expected: stops.map { _ in nil })
        )
        let distances = match.places.map(\.distanceAlong)
        #expect(zip(distances, distances.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed)")
        let cost = match.places.reduce(0) { $0 + $1.offset * $1.offset }
        #expect(cost <= Self.cheapest(stops, line) + 1, "seed \(seed)")
    }

    /// The least cost over places at every metre of the line, by the plainest dynamic programming.
    private static func cheapest(_ stops: [PlanePoint], _ line: Polyline) -> Double {
        let places = stride(from: 0, through: line.length, by: 1).map { line.point(at: $0) }
        var costs = [Double](repeating: 0, count: places.count)
        for stop in stops {
            var best = Double.infinity
            for (index, place) in places.enumerated() {
                best = min(best, costs[index])
                let offset = place.distance(to: stop)
                costs[index] = best + offset * offset
            }
        }
        return costs.min() ?? .infinity
    }
}
