import Geometry
import Testing
import TransitModel

@testable import Ingestion

@Suite struct TravelLimitsTests {
    private func row(_ stop: Int, _ seconds: Int) -> StopTimeRow {
        let time = StopTimeRow.Given(ServiceTime(seconds))
        return StopTimeRow(
            trip: 0, stop: stop, sequence: stop, line: stop + 2, arrival: time, departure: time)
    }

    private func limits(_ places: [Coordinate?], type: Int = 3) -> TravelLimits {
        var parts = Network.Parts()
        for (number, place) in places.enumerated() {
            parts.stops.elements.append(Stop(id: "\(number)", name: "", coordinate: place))
        }
        parts.routes.elements.append(Route(id: "r", shortName: "", type: type))
        return TravelLimits(parts)
    }

    @Test(arguments: 0..<100)
    func `whatever is too fast lies below the limit`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let places = (0..<8).map { _ in
            Coordinate(
                latitude: .random(in: -70...70, using: &generator),
                longitude: 100 + .random(in: -3...3, using: &generator))
        }
        let type = Int.random(in: 0...12, using: &generator)
        var limits = limits(places, type: type)
        let rows = places.indices.map { row($0, Int.random(in: 0..<20_000, using: &generator)) }
        limits.take(0, of: rows, RouteIndex(0))
        for position in 1..<rows.count {
            guard limits.excess(from: rows[position - 1], to: rows[position]) != nil else {
                continue
            }
            let elapsed =
                (rows[position].arrival?.seconds ?? 0)
                - (rows[position - 1].departure?.seconds ?? 0)
            #expect(elapsed < limits.seconds[position], "seed \(seed)")
        }
    }

    @Test func `a stop without a position has no limit`() {
        let place = Coordinate(latitude: 1, longitude: 100)
        var limits = limits([place, nil, Coordinate(latitude: 1, longitude: 101)])
        limits.take(0, of: [row(0, 0), row(1, 1), row(2, 2)], RouteIndex(0))
        #expect(limits.seconds == [0, 0, 0])
        #expect(limits.excess(from: row(0, 0), to: row(1, 1)) == nil)
    }

    @Test(arguments: [(0, 100), (1, 150), (2, 500), (3, 150), (4, 80), (5, 30), (7, 50), (99, 200)])
    func `each type of vehicle has its top speed`(type: Int, speed: Int) {
        // One degree of a great circle is 111.195 km.
        let places = [0.0, 1.0].map { Coordinate(latitude: 0, longitude: $0) }
        var limits = limits(places, type: type)
        let enough = Int(111_195 * 3.6 / Double(speed)) + 2
        limits.take(0, of: [row(0, 1), row(1, enough)], RouteIndex(0))
        #expect(limits.excess(from: row(0, 1), to: row(1, enough)) == nil)
        let excess = limits.excess(from: row(0, 1), to: row(1, enough - 10))
        #expect((speed...speed + 10).contains(excess ?? 0))
    }
}
