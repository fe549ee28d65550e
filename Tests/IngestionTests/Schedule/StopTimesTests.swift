import Testing
import TransitModel

@testable import Ingestion

@Suite struct StopTimesTests {
    private func load(_ rows: String...) throws -> NetworkLoad {
        let header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence"
        return try MiniFeed.load([
            "stop_times.txt": ([header] + rows.map { "t," + $0 }).joined(separator: "\n")
        ])
    }

    @Test func `sequences need be neither consecutive nor sorted`() throws {
        let load = try load(
            "08:05:00,08:05:00,s3,90",
            "08:00:00,08:00:00,s1,0",
            "08:02:00,08:02:00,s2,7"
        )
        #expect(load.stops(of: "t") == ["s1", "s2", "s3"])
        #expect(load.network.patterns.elements[0].sequences == [0, 7, 90])
        #expect(load.codes == ["unsorted_stop_times"])
        #expect(load.notices.first?.severity == .info)
    }

    @Test func `rows of trips may be mixed`() throws {
        let load = try MiniFeed.load([
            "trips.txt": "route_id,service_id,trip_id\nr,daily,t\nr,daily,u",
            "stop_times.txt": """
            trip_id,arrival_time,departure_time,stop_id,stop_sequence
            t,08:00:00,08:00:00,s1,1
            u,09:00:00,09:00:00,s1,1
            t,08:05:00,08:05:00,s3,3
            u,09:05:00,09:05:00,s2,2
            t,08:02:00,08:02:00,s2,2
            """,
        ])
        #expect(load.times(of: "t") == ["08:00:00", "08:02:00", "08:05:00"])
        #expect(load.times(of: "u") == ["09:00:00", "09:05:00"])
        #expect(load.codes == ["unsorted_stop_times", "unsorted_stop_times"])
        #expect(load.notices.map(\.value) == ["t", "u"])
    }

    @Test func `a sequence that stands twice is kept once`() throws {
        let load = try load(
            "08:00:00,08:00:00,s1,1",
            "08:01:00,08:01:00,s2,1",
            "08:05:00,08:05:00,s3,2"
        )
        #expect(load.stops(of: "t") == ["s1", "s3"])
        #expect(load.codes == ["unsorted_stop_times", "duplicate_key"])
        #expect(load.notices.last?.line == 3)
    }

    @Test func `a row of an unknown trip or stop is dropped`() throws {
        let load = try MiniFeed.load([
            "stop_times.txt": (MiniFeed.files["stop_times.txt"] ?? "")
                + "\nx,08:00:00,08:00:00,s1,1\nt,08:09:00,08:09:00,s9,9\n,,,s1,1\nt,,,,4"
        ])
        #expect(
            load.codes == [
                "foreign_key_violation", "foreign_key_violation", "missing_required_field",
                "missing_required_field",
            ]
        )
        #expect(load.notices.map(\.value) == ["x", "s9", "", ""])
        #expect(load.stops(of: "t").count == 3)
    }

    @Test func `a time that is none is told and interpolated`() throws {
        let load = try load(
            "08:00:00,08:00:00,s1,1",
            "25:61:00,25:61:00,s2,2",
            "08:04:00,08:04:00,s3,3"
        )
        #expect(load.codes == ["invalid_time", "invalid_time"])
        #expect(load.times(of: "t") == ["08:00:00", "08:02:00", "08:04:00"])
    }

    @Test func `times go on after midnight`() throws {
        let load = try load(
            "23:59:00,23:59:30,s1,1",
            "24:10:00,24:10:00,s2,2",
            "48:00:00,48:00:00,s3,3"
        )
        #expect(load.times(of: "t") == ["23:59:00-23:59:30", "24:10:00", "48:00:00"])
        #expect(load.notices.isEmpty)
    }

    @Test func `a sequence that is no number drops its row`() throws {
        let load = try load(
            "08:00:00,08:00:00,s1,1",
            "08:01:00,08:01:00,s2,two",
            "08:02:00,08:02:00,s2,-2",
            "08:05:00,08:05:00,s3,3"
        )
        #expect(load.codes == ["invalid_integer", "number_out_of_range"])
        #expect(load.stops(of: "t") == ["s1", "s3"])
    }

    @Test func `a trip of fewer than two stops is dropped`() throws {
        let load = try MiniFeed.load([
            "trips.txt": "route_id,service_id,trip_id\nr,daily,t\nr,daily,u\nr,daily,v",
            "stop_times.txt": (MiniFeed.files["stop_times.txt"] ?? "")
                + "\nu,08:00:00,08:00:00,s1,1",
        ])
        #expect(load.codes == ["unusable_trip", "unusable_trip"])
        #expect(load.notices.map(\.line) == [3, 4])
        #expect(load.network.trips.elements.map(\.id) == ["t"])
    }
}
