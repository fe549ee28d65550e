import Testing
import TransitModel

@testable import Ingestion

@Suite struct ScheduleLoaderTests {
    @Test func `a feed without faults has no notices`() throws {
        let load = try MiniFeed.load()
        #expect(load.notices.isEmpty)
        #expect(load.stops(of: "t") == ["s1", "s2", "s3"])
        #expect(load.times(of: "t") == ["08:00:00", "08:02:00-08:03:00", "08:05:00"])
        #expect(load.network.agencies.elements.map(\.name) == ["Agency"])
        #expect(load.network.serviceDay.timeZoneName == "Asia/Jakarta")
    }

    @Test(arguments: ["agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt"])
    func `a required file that is missing refuses the feed`(file: String) {
        let error = MiniFeed.refusal([file: nil])
        #expect(error?.notices.map(\.code) == ["missing_required_file"])
        #expect(error?.description.hasPrefix("feed: \(file): is missing") == true)
    }

    @Test func `a feed without any calendar is refused`() {
        let error = MiniFeed.refusal(["calendar.txt": nil])
        #expect(error?.notices.map(\.code) == ["missing_calendar_and_calendar_date_files"])
    }

    @Test func `files and columns that are not needed are ignored in silence`() throws {
        let load = try MiniFeed.load([
            "fare_rules.txt": "nonsense", "locations.geojson": "{}", ".DS_Store": "x",
            "routes.txt": "route_id,cemv_support,route_short_name,route_type\nr,1,K1,3",
        ])
        #expect(load.notices.isEmpty)
    }

    @Test func `files and columns that nobody knows are told, for they may be misspelt`() throws {
        let load = try MiniFeed.load([
            "stops_times.txt": "x",
            "routes.txt": "route_id,route_color_,route_short_name,route_type\nr,1,K1,3",
        ])
        #expect(load.codes == ["unknown_file", "unknown_column"])
        #expect(load.notices.map(\.severity) == [.info, .info])
        #expect(load.notices.last?.value == "route_color_")
    }

    @Test func `names of files may be in capitals`() throws {
        let load = try MiniFeed.load([
            "stops.txt": nil, "Stops.TXT": MiniFeed.files["stops.txt"] ?? nil,
        ])
        #expect(load.notices.isEmpty)
        #expect(load.network.stops.count == 3)
    }

    @Test func `byte order marks and CRLF in every file change nothing`() throws {
        let files = MiniFeed.files.mapValues { text in
            "\u{FEFF}" + text.replacing("\n", with: "\r\n") + "\r\n"
        }
        let load = try ScheduleLoader.load(files: files)
        #expect(load.notices.isEmpty)
        #expect(load.times(of: "t").count == 3)
    }

    @Test func `the version is the feed's own, or else a name of its content`() throws {
        let named = try MiniFeed.load(["feed_info.txt": "feed_version\n2026.1"])
        #expect(named.network.version == "2026.1")
        let unnamed = try MiniFeed.load(["feed_info.txt": "feed_publisher_name\nx"])
        #expect(unnamed.network.version.count == 16)
        #expect(try MiniFeed.load().network.version != unnamed.network.version)
    }

    @Test func `an optional file that cannot be read is left out with a notice`() throws {
        let load = try MiniFeed.load(["shapes.txt": "shape_id\nx"])
        #expect(Set(load.codes) == ["missing_required_column"])
    }

    @Test func `a required file that is not text refuses the feed`() {
        let error = MiniFeed.refusal(["stops.txt": "s\u{0}t\u{0}o\u{0}p\u{0}"])
        #expect(error?.notices.last?.code == "invalid_character")
        #expect(error?.description.contains("stops.txt:1: is not UTF-8 at byte 0") == true)
    }

    @Test func `a feed whose trips are all dropped is refused`() {
        let error = MiniFeed.refusal([
            "routes.txt": "route_id,route_short_name,route_type\nother,K2,3"
        ])
        #expect(error?.notices.map(\.code) == ["foreign_key_violation", "no_usable_trips"])
    }

    @Test(arguments: 0..<300)
    func `any damage to a feed is a notice or an error, never a trap`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var files = MiniFeed.files
        files["frequencies.txt"] =
            "trip_id,start_time,end_time,headway_secs\nt,06:00:00,09:00:00,600"
        files["shapes.txt"] =
            "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\ng,0,100,1\ng,0,100.002,2"
        let names = files.keys.sorted()
        for _ in 0...2 {
            let name = names.randomElement(using: &generator) ?? ""
            files[name] = Self.damaged(files[name] ?? "", &generator)
        }
        let load = try? ScheduleLoader.load(files: files)
        for pattern in load?.network.patterns.elements ?? [] {
            #expect(zip(pattern.distances, pattern.distances.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    private static func damaged(_ text: String, _ generator: inout SeededGenerator) -> String {
        var letters = Array(text)
        let place = Int.random(in: letters.indices, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: letters.remove(at: place)
        case 1:
            letters.insert(Array("\",\n\r9-:. ").randomElement(using: &generator) ?? "x", at: place)
        case 2: letters.removeSubrange(place..<min(letters.count, place + 20))
        default:
            letters.insert(contentsOf: letters[place..<min(letters.count, place + 30)], at: place)
        }
        return String(letters)
    }
}
