import Testing
import TransitModel

@testable import Ingestion

/// Findings that the canonical GTFS validator has too; each with what becomes of the row.
@Suite struct CanonicalNoticesTests {
    private func lines(_ load: NetworkLoad, _ code: String) -> [Int?] {
        load.notices.filter { $0.code == code }.map(\.line)
    }

    // MARK: agencies and routes

    @Test func `agencies beside others need ids, and so do their routes`() throws {
        let load = try MiniFeed.load([
            "agency.txt": """
            agency_id,agency_name,agency_url,agency_timezone
            ,A,u,Asia/Jakarta
            ,B,u,Asia/Jakarta
            """,
            "routes.txt": "route_id,agency_id,route_short_name,route_type\nr,,K1,3",
        ])
        #expect(
            load.notices.map(\.description).map { String($0.prefix { $0 != ":" }) }
                == ["agency.txt", "agency.txt", "routes.txt"])
        #expect(lines(load, "missing_required_agency_id") == [2, 3, 2])
        #expect(load.network.agencies.count == 2)
        #expect(load.network.routes.elements[0].agency == nil)
    }

    @Test func `an abbreviation is no time zone of the database`() throws {
        let load = try MiniFeed.load([
            "agency.txt": """
            agency_id,agency_name,agency_url,agency_timezone
            a,A,u,PST
            b,B,u,Nowhere/Else
            """
        ])
        #expect(load.codes == ["invalid_timezone", "invalid_timezone"])
        #expect(load.network.serviceDay.timeZoneName == "PST")
    }

    @Test(arguments: ["US/Pacific", "EST", "CET", "UTC", "Etc/GMT+7"])
    func `names of the database that look like abbreviations are zones`(zone: String) throws {
        let load = try MiniFeed.load([
            "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\na,A,u,\(zone)"
        ])
        #expect(load.notices.isEmpty)
    }

    @Test func `a route needs a name and a type`() throws {
        let load = try MiniFeed.load([
            "routes.txt": """
            route_id,route_short_name,route_long_name,route_type,route_sort_order
            r,,,,-1
            """
        ])
        #expect(
            load.codes == [
                "missing_required_field", "route_both_short_and_long_name_missing",
                "number_out_of_range",
            ])
        #expect(load.network.routes.elements[0].type == 3)
        #expect(load.network.routes.elements[0].sortOrder == nil)
    }

    @Test func `an unknown name is only a warning where rows were lost`() throws {
        let load = try MiniFeed.load([
            "agency.txt": """
            agency_id,agency_name,agency_url,agency_timezone
            a,A,u,Asia/Jakarta
            b,B,u,
            """,
            "routes.txt": "route_id,agency_id,route_short_name,route_type\nr,b,K1,3",
        ])
        #expect(load.codes == ["missing_required_field", "foreign_key_violation"])
        #expect(load.notices.map(\.severity) == [.error, .warning])
    }

    // MARK: stops

    private func stops(_ rows: String) throws -> NetworkLoad {
        try MiniFeed.load([
            "stops.txt": """
            stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
            s1,First,0.001,100.000,,
            s2,Second,0.001,100.001,,
            s3,Third,0.001,100.002,,
            \(rows)
            """
        ])
    }

    @Test(arguments: [
        ("st,Station,0.001,100,1,s1", "station_with_parent_station"),
        ("e,Door,0.001,100,2,", "location_without_parent_station"),
        ("n,,0.001,100,3,", "location_without_parent_station"),
        ("b,,,,4,", "location_without_parent_station"),
        ("p,Platform,0.001,100,0,s1", "wrong_parent_location_type"),
        ("n,,0.001,100,3,s1", "wrong_parent_location_type"),
        ("x,,0.001,100,,", "missing_stop_name"),
        ("x,X,89.5,100,,", "point_near_pole"),
        ("x,X,0.9,-0.9,,", "point_near_origin"),
    ])
    func `a place that cannot be as it says is told`(row: String, code: String) throws {
        let load = try stops(row)
        #expect(load.codes == [code])
        #expect(load.notices[0].line == 5)
        #expect(load.network.stops.count == 4)
    }

    @Test func `a boarding area is part of a platform, not of a station`() throws {
        let load = try stops("st,Station,0.001,100,1,\np,P,0.001,100,,st\nb,,,,4,p\nc,,,,4,st")
        #expect(lines(load, "wrong_parent_location_type") == [8])
        #expect(load.notices.count == 1)
    }

    @Test func `a platform without a position lies where its station does`() throws {
        let load = try MiniFeed.load([
            "stops.txt": """
            stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
            s1,First,0.001,100.000,,
            s2,Second,,,,st
            s3,Third,0.001,100.002,,
            st,Station,0.001,100.0015,1,
            """
        ])
        #expect(load.codes == ["stop_without_location"])
        #expect(load.distances(of: "t") == [0, 167, 222])
    }

    @Test func `trips call at stops, not at stations`() throws {
        let load = try stops("st,Station,0.001,100.001,1,")
        #expect(load.notices.isEmpty)
        let calling = try MiniFeed.load([
            "stops.txt": """
            stop_id,stop_name,stop_lat,stop_lon,location_type
            s1,First,0.001,100.000,0
            s2,Second,0.001,100.001,1
            s3,Third,0.001,100.002,0
            """
        ])
        #expect(lines(calling, "location_with_unexpected_stop_time") == [3])
        #expect(calling.stops(of: "t") == ["s1", "s2", "s3"])
    }

    // MARK: trips and times

    @Test func `rows of a dropped trip are looked at like all others`() throws {
        let load = try MiniFeed.load([
            "trips.txt": "route_id,service_id,trip_id\nr,daily,t\nq,daily,u",
            "stop_times.txt": MiniFeed.stopTimes(
                "08:00:00,08:00:00,s1,1", "08:09:00,08:09:00,s2,2")
                + "\nu,08:00:00,08:00:00,s1,1\nu,08:00:00,08:00:00,s2,1",
        ])
        #expect(load.codes == ["foreign_key_violation", "unsorted_stop_times", "duplicate_key"])
        #expect(lines(load, "duplicate_key") == [5])
        #expect(load.network.trips.count == 1)
    }

    @Test func `a timepoint without times is told for each of them`() throws {
        let load = try MiniFeed.load([
            "stop_times.txt": """
            trip_id,arrival_time,departure_time,stop_id,stop_sequence,timepoint
            t,08:00:00,08:00:00,s1,1,1
            t,,,s2,2,1
            t,08:05:00,08:05:00,s3,3,
            """
        ])
        #expect(lines(load, "stop_time_timepoint_without_times") == [3, 3])
        #expect(load.codes.count == 2)
        #expect(load.times(of: "t") == ["08:00:00", "08:02:30", "08:05:00"])
    }

    @Test func `a file without times at all has trips without ends`() throws {
        let error = MiniFeed.refusal([
            "stop_times.txt": "trip_id,stop_id,stop_sequence\nt,s1,1\nt,s2,2"
        ])
        #expect(
            error?.notices.map(\.code) == [
                "missing_trip_edge", "missing_trip_edge", "missing_trip_edge", "missing_trip_edge",
                "unusable_trip", "no_usable_trips",
            ])
    }

    @Test func `a file without stops is refused`() throws {
        let error = MiniFeed.refusal(["stop_times.txt": "trip_id,stop_sequence\nt,1"])
        #expect(error?.notices.map(\.code) == ["missing_required_field"])
        #expect(error?.notices.map(\.column) == ["stop_id"])
    }

    @Test func `a bus that outruns its type is told, with rounding to minutes allowed`() throws {
        func load(_ arrival: String) throws -> [String] {
            try MiniFeed.load([
                "stops.txt": """
                stop_id,stop_name,stop_lat,stop_lon
                s1,First,0.001,100.00
                s2,Second,0.001,100.03
                s3,Third,0.001,100.03
                """,
                "stop_times.txt": MiniFeed.stopTimes(
                    "08:00:00,08:00:00,s1,1", "\(arrival),\(arrival),s2,2",
                    "08:10:00,08:10:00,s3,3"),
            ]).codes
        }
        // 3,336 m: 150 km/h takes 80 s.
        #expect(try load("08:01:25") == [])
        #expect(try load("08:01:15") == ["fast_travel_between_consecutive_stops"])
        #expect(try load("08:01:00") == [])
        #expect(try load("08:00:00") == ["fast_travel_between_consecutive_stops"])
    }

    // MARK: values

    @Test func `whole numbers may have a plus sign and no more than 32 bits`() throws {
        let load = try MiniFeed.load([
            "stop_times.txt": MiniFeed.stopTimes(
                "08:00:00,08:00:00,s1,+1", "08:02:00,08:02:00,s2,3000000000",
                "08:03:00,08:03:00,s2,+-5", "08:04:00,08:04:00,s3,2147483647")
        ])
        #expect(load.codes == ["invalid_integer", "invalid_integer"])
        #expect(load.network.patterns.elements[0].sequences == [1, 2_147_483_647])
    }

    @Test(arguments: ["0x64", "inf", "nan", "1e", "--1"])
    func `what only a programmer calls a number is none`(text: String) {
        let bytes = Array(text.utf8)
        #expect(CellValues.decimal(bytes.span, Cell(start: 0, end: bytes.count)) == nil)
    }

    @Test func `quoted spaces and line ends are told and taken out`() throws {
        let load = try MiniFeed.load([
            "stops.txt": """
            stop_id,stop_name,stop_lat,stop_lon
            " s1 ",First,0.001,100.000
            s2,"Pasar\r\n\nRaya",0.001,100.001
            s3,Third,0.001,100.002
            """
        ])
        #expect(load.codes == ["leading_or_trailing_whitespaces", "new_line_in_value"])
        #expect(load.notices.map(\.severity) == [.warning, .error])
        #expect(load.notices.map(\.column) == ["stop_id", "stop_name"])
        #expect(load.network.stops.elements.map(\.name) == ["First", "Pasar Raya", "Third"])
        #expect(load.times(of: "t").count == 3)
    }

    @Test func `a header without names, or with the same twice, is told`() throws {
        let load = try MiniFeed.load([
            "routes.txt": "route_id,,route_short_name,route_type,zig,zig\nr,,K1,3,,"
        ])
        #expect(
            load.codes == ["empty_column_name", "unknown_column", "duplicated_column"])
        #expect(load.notices.map(\.line) == [1, 1, 1])
    }

    @Test func `a letter that was lost before is told with its place`() throws {
        var files = MiniFeed.files
        files["stops.txt"]?.replace("Second", with: "S\u{FFFD}cond")
        files["stop_times.txt"]?.append("\nt,08:09:00,08:09:00,s\u{FFFD},4")
        let load = try ScheduleLoader.load(files: files)
        #expect(
            load.codes == ["invalid_character", "foreign_key_violation", "invalid_character"])
        #expect(load.notices[0].line == 3)
        #expect(load.notices[2].line == 5)
        #expect(load.notices[2].file == "stop_times.txt")
    }

    @Test func `a number that is not written as a whole one is told how to be`() throws {
        func message(_ sequence: String) throws -> String? {
            try MiniFeed.load([
                "stop_times.txt": MiniFeed.stopTimes(
                    "08:00:00,08:00:00,s1,1", "08:02:00,08:02:00,s2,\(sequence)",
                    "08:04:00,08:04:00,s3,9")
            ]).notices.first { $0.code == "invalid_integer" }?.message
        }
        #expect(try message("2147483648")?.hasPrefix("is too large;") == true)
        #expect(try message("99999999999999999999999")?.hasPrefix("is too large;") == true)
        #expect(try message("-2147483649")?.hasPrefix("is too small;") == true)
        #expect(try message("2.0")?.contains("; write 2;") == true)
        #expect(try message("2.5")?.hasPrefix("is not a whole number;") == true)
        #expect(try message("two")?.hasPrefix("is not a whole number;") == true)
    }

    @Test func `what is wrong in a header has the header's line`() throws {
        let load = try MiniFeed.load([
            "routes.txt": "\n\nroute_id,route_short_name,route_type,zig\nr,K1,3,"
        ])
        #expect(load.codes == ["unknown_column"])
        #expect(load.notices[0].line == 3)
    }

    @Test func `a quote in the header that never closes is told`() throws {
        let load = try MiniFeed.load([
            "routes.txt": "route_id,route_short_name,route_type,\"route_desc\nr,K1,3,"
        ])
        #expect(load.codes == ["csv_parsing_failed"])
        #expect(load.notices[0].line == 1)
        #expect(load.network.routes.count == 1)
    }

    @Test(arguments: ["shapes.txt", "stop_times.txt"])
    func `a header too long to hold is told`(name: String) throws {
        let columns = [
            "shapes.txt": "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence",
            "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence",
        ]
        var files = MiniFeed.files
        files[name] = (columns[name] ?? "") + "," + String(repeating: "x", count: 9 << 20) + "\n"
        var notices: [Notice] = []
        do throws(ScheduleError) {
            notices = try ScheduleLoader.load(files: files).notices
        } catch {
            notices = error.notices
        }
        #expect(notices.map(\.code) == ["csv_parsing_failed"])
        #expect(notices[0].message.hasPrefix("line 1 is longer than 4 MiB"))
    }

    @Test func `a header that is no UTF-8 far from its start is decoded`() throws {
        let header = "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,"
        let name = String(repeating: "x", count: 300_000)
        let bytes = Array((header + name).utf8) + [0xE9, 0x0A] + Array("g,0.001,100,1,\n".utf8)
        let folder = try TemporaryFolder()
        _ = try folder.write(bytes, to: "shapes.txt")
        let load = try ScheduleLoader.load(path: folder.write(MiniFeed.files))
        #expect(load.codes == ["invalid_character", "unknown_column", "single_shape_point"])
        #expect(load.network.shapes.count == 1)
    }
}
