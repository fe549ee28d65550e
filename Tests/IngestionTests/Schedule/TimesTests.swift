import Testing
import TransitModel

@testable import Ingestion

@Suite struct TimesTests {
    private func load(_ rows: String...) throws -> NetworkLoad {
        let header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence"
        let stops = """
            stop_id,stop_lat,stop_lon
            s1,0.001,100.000
            s2,0.001,100.001
            s3,0.001,100.004
            s4,0.001,100.004
            """
        return try MiniFeed.load([
            "stops.txt": stops,
            "stop_times.txt": ([header] + rows.map { "t," + $0 }).joined(separator: "\n"),
        ])
    }

    @Test func `an untimed stop is timed by its distance between its neighbours`() throws {
        let load = try load("08:00:00,08:00:00,s1,1", ",,s2,2", "08:04:00,08:04:00,s3,3")
        #expect(load.times(of: "t") == ["08:00:00", "08:01:00", "08:04:00"])
        #expect(load.notices.isEmpty)
    }

    @Test func `a dwell before untimed stops is not driven`() throws {
        let load = try load("08:00:00,08:10:00,s1,1", ",,s2,2", "08:14:00,08:20:00,s3,3")
        #expect(
            load.times(of: "t") == ["08:00:00-08:10:00", "08:11:00", "08:14:00-08:20:00"]
        )
    }

    @Test func `untimed stops at one place share the time evenly`() throws {
        let load = try load("08:00:00,08:00:00,s3,1", ",,s4,2", ",,s3,3", "08:03:00,08:03:00,s4,4")
        #expect(load.times(of: "t") == ["08:00:00", "08:01:00", "08:02:00", "08:03:00"])
    }

    @Test(arguments: [
        [",,s1,1", "08:02:00,08:02:00,s2,2", "08:04:00,08:04:00,s3,3"],
        ["08:00:00,08:00:00,s1,1", "08:02:00,08:02:00,s2,2", ",,s3,3"],
    ])
    func `a trip without a time at its end is dropped`(rows: [String]) {
        let header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        let error = MiniFeed.refusal([
            "stop_times.txt": header + rows.map { "t," + $0 }.joined(separator: "\n")
        ])
        #expect(
            error?.notices.map(\.code) == [
                "missing_trip_edge", "missing_trip_edge", "unusable_trip", "no_usable_trips",
            ])
        #expect(
            error?.notices.prefix(2).map(\.column) == ["arrival_time", "departure_time"])
    }

    @Test func `one time of two stands for both`() throws {
        let load = try load("08:00:00,,s1,1", ",08:02:00,s2,2", "08:04:00,08:04:00,s3,3")
        #expect(load.times(of: "t") == ["08:00:00", "08:02:00", "08:04:00"])
        #expect(
            load.codes == [
                "stop_time_with_only_arrival_or_departure_time",
                "stop_time_with_only_arrival_or_departure_time",
                "missing_trip_edge",
            ]
        )
    }

    @Test func `a departure before the arrival is moved to it`() throws {
        let load = try load(
            "08:00:00,08:00:00,s1,1",
            "08:02:00,08:01:00,s2,2",
            "08:04:00,08:04:00,s3,3"
        )
        #expect(load.times(of: "t") == ["08:00:00", "08:02:00", "08:04:00"])
        #expect(load.codes == ["start_and_end_range_out_of_order"])
        #expect(load.notices.first?.line == 3)
        #expect(load.notices.first?.value == "08:01:00")
    }

    @Test func `a bus never arrives before it left the stop before`() throws {
        let load = try load(
            "08:00:00,08:03:00,s1,1",
            "08:02:00,08:02:00,s2,2",
            "08:04:00,08:04:00,s3,3"
        )
        #expect(load.times(of: "t") == ["08:00:00-08:03:00", "08:03:00", "08:04:00"])
        #expect(load.codes == ["stop_time_with_arrival_before_previous_departure_time"])
    }

    @Test func `a time far later than those after it is read from its neighbours`() throws {
        let load = try load(
            "07:55:00,07:55:00,s3,1", "08:00:00,08:00:00,s1,2", "61:00:00,61:00:00,s2,3",
            "08:04:00,08:04:00,s3,4", "08:05:00,08:05:00,s1,5")
        #expect(
            load.times(of: "t") == ["07:55:00", "08:00:00", "08:01:00", "08:04:00", "08:05:00"])
        #expect(load.codes == ["stop_time_with_arrival_before_previous_departure_time"])
        #expect(load.notices.first?.line == 4)
    }

    @Test(arguments: [
        (["00:30:00", "22:00:00", "01:00:00"], ["00:30:00", "22:00:00", "25:00:00"]),
        (
            ["00:20:00", "00:30:00", "22:00:00", "01:00:00"],
            ["00:20:00", "00:30:00", "22:00:00", "25:00:00"]
        ),
        (
            ["00:30:00", "22:00:00", "01:00:00", "01:10:00"],
            ["00:30:00", "22:00:00", "25:00:00", "25:10:00"]
        ),
    ])
    func `no time is dropped without two good ones on each side`(
        given: [String], taken: [String]
    ) throws {
        let header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        let rows = given.enumerated().map { "t,\($1),\($1),s\($0 % 3 + 1),\($0)" }
        let load = try MiniFeed.load(["stop_times.txt": header + rows.joined(separator: "\n")])
        #expect(load.times(of: "t") == taken)
    }

    @Test(arguments: 0..<100)
    func `times never fall, whatever the file says`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<8).map { sequence in
            let times = (0..<2).map { _ in
                let isBlank = Int.random(in: 0..<3, using: &generator) == 0
                let minute = Int.random(in: 10..<60, using: &generator)
                return isBlank && sequence > 0 && sequence < 7 ? "" : "08:\(minute):00"
            }
            let stop = Int.random(in: 1...4, using: &generator)
            return "t,\(times[0]),\(times[1]),s\(stop),\(sequence)"
        }
        let header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence"
        let load = try MiniFeed.load([
            "stops.txt": """
            stop_id,stop_lat,stop_lon
            s1,0.001,100.000
            s2,0.001,100.001
            s3,0.001,100.004
            s4,0.001,100.004
            """,
            "stop_times.txt": ([header] + rows).joined(separator: "\n"),
        ])
        let trip = try #require(load.network.trip(id: "t"))
        let times = (0..<8).flatMap { position in
            let time = load.network.stopTime(of: trip, at: position)
            return [time.arrival, time.departure]
        }
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed)")
    }
}
