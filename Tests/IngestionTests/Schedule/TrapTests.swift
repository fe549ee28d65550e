import Foundation
import Testing
import TransitModel

@testable import Ingestion

/// What has tripped readers of GTFS up before; each test names the report that it comes from.
@Suite struct TrapTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Loads the feed from a folder, with the bytes of one file replaced.
    private func load(_ name: String, _ bytes: [UInt8]) throws -> NetworkLoad {
        _ = try folder.write(MiniFeed.files)
        _ = try folder.write(bytes, to: name)
        return try ScheduleLoader.load(path: folder.url.path)
    }

    private func text(_ name: String) -> String { MiniFeed.files[name] ?? "" }

    // MARK: text

    // conveyal/gtfs-lib#1, django-multi-gtfs#31, node-gtfs#106, gtfs-osm-import#38
    @Test(arguments: MiniFeed.files.keys.sorted())
    func `a byte order mark does not hide the first column`(name: String) throws {
        let load = try load(name, [0xEF, 0xBB, 0xBF] + Array(text(name).utf8))
        #expect(load.notices.isEmpty)
        #expect(load.times(of: "t") == ["08:00:00", "08:02:00-08:03:00", "08:05:00"])
    }

    // rampme#101: 234 trips silently shifted by a comma in a headsign
    @Test func `a quoted comma shifts no column`() throws {
        let load = try MiniFeed.load([
            "trips.txt": """
            "route_id","trip_headsign","service_id","trip_id"
            "r","Market, ""Old"" Port","daily","t"
            """
        ])
        #expect(load.notices.isEmpty)
        #expect(load.network.trips.elements[0].headsign == "Market, \"Old\" Port")
    }

    // itinero/GTFS#36, django-multi-gtfs#64
    @Test func `a space before a quote does not make it text`() throws {
        let load = try MiniFeed.load([
            "trips.txt": "route_id, service_id, trip_headsign, trip_id\nr, daily, \"A, B\" , \"t\""
        ])
        #expect(load.notices.isEmpty)
        #expect(load.network.trips.elements[0].headsign == "A, B")
    }

    // transitland-datastore#511, node-gtfs#111, gtfs-validator#1924
    @Test func `inner quotes that are not doubled are text`() throws {
        let load = try MiniFeed.load([
            "trips.txt": """
            route_id,service_id,trip_headsign,trip_id
            r,daily,"Joe "The Bus" Smith",t
            r,daily,The "A" line,u
            """,
            "stop_times.txt": text("stop_times.txt")
                + "\nu,09:00:00,09:00:00,s1,1\nu,09:01:00,09:01:00,s2,2",
        ])
        #expect(load.codes == ["unescaped_quote"])
        #expect(
            load.network.trips.elements.map(\.headsign) == [
                "Joe \"The Bus\" Smith", "The \"A\" line",
            ])
    }

    // transition#1909, septadev/GTFS#1, transitfeed#398
    @Test(arguments: ["\r\n", "\r", "\r\r\n"])
    func `lines may end in any way in every file`(end: String) throws {
        let files = MiniFeed.files.mapValues { $0.replacing("\n", with: end) + end }
        let load = try ScheduleLoader.load(files: files)
        #expect(load.notices.isEmpty)
        #expect(load.times(of: "t") == ["08:00:00", "08:02:00-08:03:00", "08:05:00"])
    }

    // septadev/GTFS#11
    @Test func `spaces in headers and values are no part of them`() throws {
        let files = MiniFeed.files.mapValues { text in
            text.split(separator: "\n")
                .map { $0.split(separator: ",").joined(separator: "\t , ") + " " }
                .joined(separator: "\n")
        }
        let load = try ScheduleLoader.load(files: files)
        #expect(load.notices.isEmpty)
        #expect(load.times(of: "t") == ["08:00:00", "08:02:00-08:03:00", "08:05:00"])
    }

    // google/transit#444
    @Test func `Latin-1 is read, and told with file, line and byte`() throws {
        let bytes =
            Array("stop_id,stop_name,stop_lat,stop_lon\ns1,Caf".utf8) + [0xE9]
            + Array(",0.001,100\ns2,B,0.001,100.001\ns3,C,0.001,100.002\n".utf8)
        let load = try load("stops.txt", bytes)
        #expect(load.network.stops.elements[0].name == "Café")
        #expect(load.notices[0].description.hasPrefix("stops.txt:2: is not UTF-8 at byte 42;"))
        #expect(load.notices.map(\.severity) == [.error])
    }

    // google/transit#444, as Excel for Windows writes an apostrophe
    @Test func `Windows-1252 is read, in columns that nobody reads too`() throws {
        let bytes =
            Array("stop_id,stop_name,stop_lat,stop_lon,stop_desc\ns1,Bob".utf8) + [0x92]
            + Array("s,0.001,100,\ns2,B,0.001,100.001,a".utf8) + [0x96]
            + Array("\ns3,C,0.001,100.002,\n".utf8)
        let load = try load("stops.txt", bytes)
        #expect(load.network.stops.elements[0].name == "Bob’s")
        #expect(
            load.notices.map(\.description) == [
                "stops.txt:2: is not UTF-8 at byte 52; read as Windows-1252, so check names with "
                    + "accents"
            ])
    }

    // google/transit#444, in the file that is read as it is inflated
    @Test func `Latin-1 is read in stop_times.txt too`() throws {
        let header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,stop_headsign\n"
        let rows = (1...9_000).map { "t,08:00:00,08:00:00,s\($0 % 3 + 1),\($0),Market\n" }.joined()
        let last = Array("t,08:05:00,08:05:00,s1,30000,Caf".utf8) + [0xE9, 0x0A]
        let load = try load("stop_times.txt", Array((header + rows).utf8) + last)
        #expect(load.stops(of: "t").count == 9_001)
        let offset = header.utf8.count + rows.utf8.count + last.count - 2
        #expect(
            load.notices.map(\.description).filter { $0.contains("UTF-8") } == [
                "stop_times.txt:9002: is not UTF-8 at byte \(offset); read as Latin-1, so check "
                    + "names with accents"
            ])
    }

    // google/transit#444
    @Test(arguments: ["stops.txt", "stop_times.txt"])
    func `UTF-16 is refused by its name`(name: String) throws {
        let units = text(name).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let bytes: [UInt8] = [0xFF, 0xFE] + units
        let error = #expect(throws: ScheduleError.self) { try load(name, bytes) }
        #expect(
            error?.description.contains("\(name):1: is not UTF-8 at byte 0; it is UTF-16") == true)
    }

    // MARK: calendars

    // gtfs-utils#40, gtfs-lib#33
    @Test func `either file of calendars may be missing`() throws {
        let dates = "service_id,date,exception_type\ndaily,20260301,1"
        let alone = try MiniFeed.load(["calendar.txt": nil, "calendar_dates.txt": dates])
        #expect(alone.notices.isEmpty)
        #expect(alone.network.services.count == 1)
        #expect(try MiniFeed.load(["calendar_dates.txt": nil]).notices.isEmpty)
        let headerOnly = try MiniFeed.load([
            "calendar.txt": String(text("calendar.txt").prefix { $0 != "\n" }),
            "calendar_dates.txt": dates,
        ])
        #expect(headerOnly.network.services.count == 1)
    }

    // transition#1441, gtfsr#20
    @Test func `exception type 2 takes a day away`() throws {
        let load = try MiniFeed.load([
            "calendar_dates.txt": "service_id,date,exception_type\ndaily,20260301,2"
        ])
        let day = try #require(ServiceDate(text: "20260301"))
        let service = load.network.services.elements[0]
        #expect(service.isActive(on: day - 1))
        #expect(!service.isActive(on: day))
        #expect(service.isActive(on: day + 1))
    }

    // MARK: times

    // db-fv-gtfs#8, node-gtfs#189, maglev#453, maglev#664, rrrr#7, gtfs2#36
    @Test func `times run on to the day after tomorrow`() throws {
        let load = try MiniFeed.load([
            "stop_times.txt": MiniFeed.stopTimes(
                "9:58:00,9:58:00,s1,1", "24:00:00,24:00:00,s2,2", "58:53:00,58:53:00,s3,3")
        ])
        #expect(load.times(of: "t") == ["09:58:00", "24:00:00", "58:53:00"])
        #expect(load.notices.isEmpty)
    }

    // maglev#1461, gtfs_kit#8, transitime#228: an hour off on two days of the year
    @Test(arguments: [
        // CET to CEST: local midnight is 23:00 UTC, noon minus twelve hours an hour before it.
        ("20260328", "2026-03-27T23:00:00Z"), ("20260329", "2026-03-28T22:00:00Z"),
        ("20260330", "2026-03-29T22:00:00Z"), ("20261024", "2026-10-23T22:00:00Z"),
        ("20261025", "2026-10-24T23:00:00Z"), ("20261026", "2026-10-25T23:00:00Z"),
    ])
    func `times count from noon minus twelve hours in Berlin`(day: String, origin: String) throws {
        let load = try MiniFeed.load([
            "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\na,A,u,Europe/Berlin"
        ])
        let date = try #require(ServiceDate(text: day))
        let start = try Date(origin, strategy: .iso8601)
        #expect(
            load.network.serviceDay.origin(of: date) == Timestamp(start.timeIntervalSince1970))
    }

    // Times that start anew at midnight, as exporters without a service day write them
    @Test func `a clock that starts anew at midnight goes on into the next day`() throws {
        let load = try MiniFeed.load([
            "stop_times.txt": MiniFeed.stopTimes(
                "23:50:00,23:55:00,s1,1", "00:05:00,00:06:00,s2,2", "00:10:00,00:10:00,s3,3")
        ])
        #expect(
            load.times(of: "t") == ["23:50:00-23:55:00", "24:05:00-24:06:00", "24:10:00"])
        #expect(load.codes == ["stop_time_with_arrival_before_previous_departure_time"])
    }

    @Test func `a time that falls by half a day or less is a mistake, not a midnight`() throws {
        let load = try MiniFeed.load([
            "stop_times.txt": MiniFeed.stopTimes(
                "20:00:00,20:00:00,s1,1", "08:00:00,08:00:00,s2,2", "20:10:00,20:10:00,s3,3")
        ])
        #expect(load.times(of: "t") == ["20:00:00", "20:00:00", "20:10:00"])
    }

    @Test func `no trip is moved by more than six days`() throws {
        let rows = (0..<20).map { number in
            let minute = 59 - number
            return number % 2 == 0
                ? "23:00:00,23:00:00,s1,\(number)"
                : "00:\(minute):00,00:\(minute):00,s2,\(number)"
        }
        let header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence"
        let load = try MiniFeed.load([
            "stop_times.txt": ([header] + rows.map { "t," + $0 }).joined(separator: "\n")
        ])
        let times = load.times(of: "t")
        #expect(times[1] == "24:58:00")
        #expect(times.last == "167:00:00")
    }

    // transitime#135, OTP#1735, OMD#191, maglev#71, navitia#1362
    @Test func `untimed stops neither drop the trip nor jump back`() throws {
        let load = try MiniFeed.load([
            "stop_times.txt": MiniFeed.stopTimes(
                "08:00:00,08:00:00,s1,1", ",,s2,2", ",,s1,3", ",,s2,4", "08:08:00,08:08:00,s3,5")
        ])
        #expect(
            load.times(of: "t") == ["08:00:00", "08:02:00", "08:04:00", "08:06:00", "08:08:00"])
        #expect(load.notices.isEmpty)
    }

    // MARK: frequencies

    // transitous#816: an explosion of trips; OTP#493, OTP#1347, transition#728
    @Test func `a headway of seven seconds makes no trips`() throws {
        let load = try MiniFeed.load([
            "frequencies.txt": """
            trip_id,start_time,end_time,headway_secs
            t,00:00:00,167:00:00,7
            """
        ])
        #expect(load.notices.isEmpty)
        #expect(load.network.trips.count == 1)
        #expect(load.network.stopTimeCount == 3)
        #expect(load.network.trips.elements[0].frequencies.count == 1)
    }

    // gtfsrouter#89: the end of one period is the start of the next, and no run is both
    @Test func `periods that follow each other keep their ends`() throws {
        let load = try MiniFeed.load([
            "frequencies.txt": """
            trip_id,start_time,end_time,headway_secs,exact_times
            t,06:00:00,07:00:00,600,1
            t,07:00:00,08:00:00,600,1
            """
        ])
        #expect(load.notices.isEmpty)
        let periods = load.network.trips.elements[0].frequencies
        #expect(periods.map(\.end.text) == ["07:00:00", "08:00:00"])
        #expect(periods[0].end == periods[1].start)
        // With both ends in, 07:00:00 would be a run of either period.
        let starts = periods.flatMap { period in
            stride(from: period.start.seconds, to: period.end.seconds, by: period.headway)
        }
        #expect(starts.count == 12)
        #expect(Set(starts).count == starts.count)
    }

    // gtfs-realtime-validator's servers in UTC: the zone of the machine must not matter
    @Test(arguments: ["UTC", "America/New_York", "Pacific/Kiritimati"])
    func `times do not depend on the zone of the server`(zone: String) async {
        await #expect(processExitsWith: .success) { [zone] in
            setenv("TZ", zone, 1)
            tzset()
            let load = try MiniFeed.load([
                "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\n"
                    + "a,A,u,Europe/Berlin"
            ])
            let date = try #require(ServiceDate(text: "20260329"))
            let origin = try Date("2026-03-28T22:00:00Z", strategy: .iso8601)
            try #require(
                load.network.serviceDay.origin(of: date)
                    == Timestamp(origin.timeIntervalSince1970))
        }
    }

    // MARK: keys

    // gtfs-rt-validator#178
    @Test func `whatever stands twice is kept once and told`() throws {
        let twice = ["agency.txt", "stops.txt", "routes.txt", "calendar.txt", "trips.txt"]
        for name in twice {
            let last = text(name).split(separator: "\n").last.map(String.init) ?? ""
            let load = try MiniFeed.load([name: text(name) + "\n" + last])
            #expect(load.codes == ["duplicate_key"], "\(name)")
            #expect(load.times(of: "t").count == 3)
        }
    }

    // motis#1570: a crash on 3,073 overlaps of blocks
    @Test func `a block of hundreds of trips at one time is survived`() throws {
        let ids = (0..<400).map { "t\($0)" }
        let load = try MiniFeed.load([
            "trips.txt": "route_id,service_id,trip_id,block_id\n"
                + ids.map { "r,daily,\($0),b" }.joined(separator: "\n"),
            "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
                + ids.map { "\($0),08:00:00,08:00:00,s1,1\n\($0),09:00:00,09:00:00,s2,2" }
                .joined(separator: "\n"),
        ])
        #expect(load.network.trips.count == 400)
        let more = 400 * 399 / 2 - NoticeLog.limit
        #expect(load.notices.last?.message == "\(more) more of these are not listed")
        #expect(Set(load.codes) == ["block_trips_with_overlapping_stop_times"])
    }

    // google/transit#110, OBA#6: a block is a chain of trips, in order of time
    @Test func `blocks are read`() throws {
        let load = try MiniFeed.load([
            "trips.txt": "route_id,service_id,trip_id,block_id\nr,daily,t,7\nr,daily,u,7",
            "stop_times.txt": text("stop_times.txt")
                + "\nu,08:10:00,08:10:00,s3,1\nu,08:15:00,08:15:00,s1,2",
        ])
        #expect(load.notices.isEmpty)
        #expect(load.network.trips.elements.map(\.block) == ["7", "7"])
    }

    // Sequences need not begin at one.
    @Test func `stops may be numbered from zero`() throws {
        let load = try MiniFeed.load([
            "stop_times.txt": MiniFeed.stopTimes(
                "08:00:00,08:00:00,s1,0", "08:02:00,08:02:00,s2,1", "08:04:00,08:04:00,s3,2")
        ])
        #expect(load.network.patterns.elements[0].sequences == [0, 1, 2])
        #expect(load.notices.isEmpty)
    }
}
