import Testing
import TransitModel

@testable import Ingestion

/// Lines that have led readers of GTFS astray before; each test names the report that it comes from.
///
/// Places are given in steps of 0.001°, which is 111.2 m.
@Suite struct ShapeTrapTests {
    private typealias Place = (x: Double, y: Double)

    /// Where a trip's stops lie along its shape, in steps.
    private func distances(_ line: [Place], _ stops: [Place]) throws -> [Double] {
        func cells(_ place: Place) -> String { "\(0.001 * place.y),\(100 + 0.001 * place.x)" }
        let minutes = stops.indices.map { format(minute: $0) }
        let load = try MiniFeed.load([
            "stops.txt": "stop_id,stop_lat,stop_lon\n"
                + stops.enumerated().map { "p\($0.offset),\(cells($0.element))" }
                .joined(separator: "\n"),
            "trips.txt": "route_id,service_id,trip_id,shape_id\nr,daily,t,g",
            "shapes.txt": "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n"
                + line.enumerated().map { "g,\(cells($0.element)),\($0.offset)" }
                .joined(separator: "\n"),
            "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                + stops.indices.map { "t,\(minutes[$0]),\(minutes[$0]),p\($0),\($0)" }
                .joined(separator: "\n"),
        ])
        #expect(load.notices.isEmpty)
        return load.network.patterns.elements[0].distances.map {
            ($0 / 111.195 * 10).rounded() / 10
        }
    }

    private func format(minute: Int) -> String { "08:\(minute < 10 ? "0" : "")\(minute):00" }

    // transitime#50: the terminal is one point, at both ends
    @Test func `a loop ends a whole turn after its start`() throws {
        let line: [Place] = [(0, 0), (5, 0), (5, 5), (0, 5), (0, 0)]
        #expect(try distances(line, [(0, 0), (5, 2), (2, 5), (0, 0)]) == [0, 7, 13, 20])
    }

    // OBA#163, metrics-mvp#312
    @Test func `a lollipop passes its stem twice`() throws {
        let line: [Place] = [(0, 0), (5, 0), (5, 5), (10, 5), (10, 0), (5, 0), (0, 0)]
        #expect(
            try distances(line, [(0, 0), (3, 0), (7, 5), (10, 2), (3, 0), (0, 0)])
                == [0, 3, 12, 18, 27, 30])
    }

    // OBA PR#166, metrics-mvp#572
    @Test func `a figure of eight crosses itself without a jump`() throws {
        let line: [Place] = [(0, 0), (10, 0), (10, 4), (5, 4), (5, -4), (0, -4)]
        let places = try distances(line, [(0, 0), (4, 0), (10, 2), (5, 1), (5, -1), (0, -4)])
        #expect(places == [0, 4, 12, 22, 24, 32])
    }

    // OBA#163: out to a hospital and back along the same street
    @Test func `a stop visited twice on the way out and back lies at two places`() throws {
        let line: [Place] = [(0, 0), (8, 0), (8, 3), (8, 0), (12, 0)]
        #expect(
            try distances(line, [(0, 0), (8, 1), (8, 3), (8, 1), (12, 0)]) == [0, 9, 11, 13, 18])
    }

    // motis#1031, OBA docker#88: taking the nearest place stop by stop goes too far too early
    @Test func `the nearest place of a stop is not always its own`() throws {
        // The second stop is nearer to the way back, where the third would have no place after it.
        let line: [Place] = [(0, 0), (10, 0), (10, 0.4), (0, 0.4)]
        let places = try distances(line, [(1, 0), (3, 0.22), (6, 0), (9, 0.4), (5, 0.4)])
        #expect(places == [1, 3, 6, 11.4, 15.4])
    }

    // maglev PR#1000: scaling by the last stop goes wrong when the line runs on
    @Test func `a line longer than the trip moves no stop`() throws {
        let line: [Place] = [(-7, 0), (0, 0), (4, 0), (30, 0)]
        #expect(try distances(line, [(0, 0), (2, 0), (4, 0)]) == [7, 9, 11])
    }

    // A shape is optional by the specification.
    @Test func `without its shape a trip runs straight from stop to stop`() throws {
        let load = try MiniFeed.load([
            "trips.txt": "route_id,service_id,trip_id,shape_id\nr,daily,t,gone"
        ])
        #expect(load.codes == ["foreign_key_violation"])
        #expect(load.distances(of: "t") == [0, 111, 222])
        #expect(load.network.patterns.elements[0].shape == nil)
    }
}
