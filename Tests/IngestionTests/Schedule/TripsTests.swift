import Testing
import TransitModel

@testable import Ingestion

@Suite struct TripsTests {
    private let others = "u,09:00:00,09:00:00,s1,1\nu,09:05:00,09:05:00,s3,2"

    private func load(_ trips: String, _ more: [String: String?] = [:]) throws -> NetworkLoad {
        let header = "route_id,service_id,trip_id,trip_headsign,direction_id,block_id,shape_id"
        var changes: [String: String?] = [
            "trips.txt": "\(header)\nr,daily,t,,,,\n\(trips)",
            "stop_times.txt": (MiniFeed.files["stop_times.txt"] ?? "") + "\n" + others,
        ]
        changes.merge(more) { _, new in new }
        return try MiniFeed.load(changes)
    }

    @Test func `headsign, direction and block are read`() throws {
        let load = try load("r,daily,u,Pasar Raya,1,b7,")
        let trip = load.network.trips[try #require(load.network.trip(id: "u"))]
        #expect(trip.headsign == "Pasar Raya")
        #expect(trip.block == "b7")
        #expect(load.network.patterns[trip.pattern].direction == 1)
        #expect(load.notices.isEmpty)
    }

    @Test(arguments: [
        ("x,daily,u,,,,", "route_id"), ("r,never,u,,,,", "service_id"),
    ])
    func `a trip of an unknown route or service is dropped, and its times in silence`(
        row: String,
        column: String
    ) throws {
        let load = try load(row)
        #expect(load.network.trip(id: "u") == nil)
        #expect(load.codes == ["foreign_key_violation"])
        #expect(load.notices.first?.column == column)
        #expect(load.notices.first?.line == 3)
    }

    @Test func `a trip of an unknown shape is drawn straight`() throws {
        let load = try load("r,daily,u,,,,g")
        #expect(load.codes == ["foreign_key_violation"])
        #expect(load.distances(of: "u") == [0, 222])
    }

    @Test func `a trip that stands twice is kept once`() throws {
        let load = try load("r,daily,u,A,,,\nr,daily,u,B,,,")
        #expect(load.codes == ["duplicate_key"])
        #expect(load.network.trips.elements.map(\.headsign) == ["", "A"])
    }

    @Test func `a direction that is neither 0 nor 1 is left out`() throws {
        let load = try load("r,daily,u,,2,,")
        #expect(load.codes == ["unexpected_enum_value"])
    }

    private func frequencies(_ rows: String) throws -> (NetworkLoad, Trip) {
        let header = "trip_id,start_time,end_time,headway_secs, exact_times"
        let load = try MiniFeed.load(["frequencies.txt": "\(header)\n\(rows)"])
        return (load, load.network.trips.elements[0])
    }

    @Test func `headways are kept in order and never written out`() throws {
        let (load, trip) = try frequencies("t,09:00:00,25:00:00,600,0\nt,06:00:00,09:00:00,1,1")
        #expect(load.network.trips.count == 1)
        #expect(trip.frequencies.map(\.headway) == [1, 600])
        #expect(trip.frequencies.map(\.isExact) == [true, false])
        #expect(trip.frequencies.map(\.end.text) == ["09:00:00", "25:00:00"])
        #expect(load.notices.isEmpty)
    }

    @Test func `without exact_times only the headway is promised`() throws {
        let (_, trip) = try frequencies("t,06:00:00,09:00:00,600,")
        #expect(trip.isHeadwayOnly)
    }

    @Test(arguments: [
        ("t,06:00:00,06:00:00,600,0", "start_and_end_range_equal"),
        ("t,06:00:00,05:00:00,600,0", "start_and_end_range_out_of_order"),
        ("t,06:00:00,09:00:00,0,0", "number_out_of_range"),
        ("t,06:00:00,09:00:00,-5,0", "number_out_of_range"),
        ("t,6 am,09:00:00,600,0", "invalid_time"),
        ("t,06:00:00,09:00:00,,0", "missing_required_field"),
    ])
    func `a headway that means nothing is dropped`(row: String, code: String) throws {
        let (load, trip) = try frequencies("\(row)\nt,10:00:00,11:00:00,60,0")
        #expect(load.codes == [code])
        #expect(trip.frequencies.map(\.headway) == [60])
        let error = MiniFeed.refusal([
            "frequencies.txt": "trip_id,start_time,end_time,headway_secs, exact_times\n\(row)"
        ])
        // The trip is no single run at 08:00.
        #expect(error?.notices.map(\.code) == [code, "unusable_trip", "no_usable_trips"])
        #expect(error?.notices[1].line == 2)
    }

    @Test func `a headway of an unknown trip is dropped`() throws {
        let (load, trip) = try frequencies("x,06:00:00,09:00:00,600,0\nx,06:00:00,,600,0")
        #expect(load.codes == ["foreign_key_violation", "missing_required_field"])
        #expect(trip.frequencies.isEmpty)
    }

    @Test func `without its headways a feed is refused, but an empty file has none`() throws {
        let error = MiniFeed.refusal(["frequencies.txt": "trip_id,start_time\nt,06:00:00"])
        #expect(error?.notices.last?.code == "missing_required_column")
        #expect(error?.notices.last?.file == "frequencies.txt")
        #expect(try MiniFeed.load(["frequencies.txt": ""]).codes == ["empty_file"])
    }

    @Test func `periods that overlap or repeat are told`() throws {
        let (load, trip) = try frequencies(
            "t,06:00:00,09:00:00,600,0\nt,08:00:00,10:00:00,300,0\nt,06:00:00,07:00:00,60,0"
        )
        #expect(load.codes == ["overlapping_frequency", "overlapping_frequency", "duplicate_key"])
        #expect(load.notices.map(\.line) == [2, 3, 4])
        #expect(trip.frequencies.map(\.headway) == [600, 300])
    }

    @Test func `periods that touch do not overlap`() throws {
        let (load, _) = try frequencies("t,06:00:00,09:00:00,600,0\nt,09:00:00,10:00:00,300,0")
        #expect(load.notices.isEmpty)
    }
}
