import Ingestion
import TransitModel

/// A small feed: three stops eastward at 0.001° (111.2 m) steps on the equator, one trip.
enum MiniFeed {
    static let files = [
        "agency.txt": """
        agency_id,agency_name,agency_url,agency_timezone
        a,Agency,https://example.org,Asia/Jakarta
        """,
        "stops.txt": """
        stop_id,stop_name,stop_lat,stop_lon
        s1,First,0.001,100.000
        s2,Second,0.001,100.001
        s3,Third,0.001,100.002
        """,
        "routes.txt": """
        route_id,agency_id,route_short_name,route_type
        r,a,K1,3
        """,
        "calendar.txt": """
        service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        daily,1,1,1,1,1,1,1,20260101,20261231
        """,
        "trips.txt": """
        route_id,service_id,trip_id
        r,daily,t
        """,
        "stop_times.txt": """
        trip_id,arrival_time,departure_time,stop_id,stop_sequence
        t,08:00:00,08:00:00,s1,1
        t,08:02:00,08:03:00,s2,2
        t,08:05:00,08:05:00,s3,3
        """,
    ]

    /// Loads the feed with some files replaced, or left out where nil.
    static func load(_ changes: [String: String?] = [:]) throws(ScheduleError) -> NetworkLoad {
        var files = files
        for (name, text) in changes { files[name] = text }
        return try ScheduleLoader.load(files: files)
    }

    /// The error that refuses the feed with some files replaced.
    static func refusal(_ changes: [String: String?]) -> ScheduleError? {
        do throws(ScheduleError) {
            _ = try load(changes)
            return nil
        } catch {
            return error
        }
    }

    /// `stop_times.txt` of trip `t` from rows of arrival, departure, stop, sequence.
    static func stopTimes(_ rows: String...) -> String {
        let header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence"
        return ([header] + rows.map { "t," + $0 }).joined(separator: "\n")
    }
}

extension NetworkLoad {
    /// Codes of all notices, in order.
    var codes: [String] { notices.map(\.code) }

    /// Times of a trip as `arrival-departure`.
    func times(of trip: String) -> [String] {
        guard let index = network.trip(id: trip) else { return [] }
        return network.pattern(of: index).stops.indices.map {
            let time = network.stopTime(of: index, at: $0)
            return time.arrival == time.departure
                ? time.arrival.text : "\(time.arrival.text)-\(time.departure.text)"
        }
    }

    /// Stop ids of a trip.
    func stops(of trip: String) -> [String] {
        guard let index = network.trip(id: trip) else { return [] }
        return network.pattern(of: index).stops.map { network.stops[$0].id }
    }

    /// Metres along the line of each stop of a trip, rounded.
    func distances(of trip: String) -> [Int] {
        guard let index = network.trip(id: trip) else { return [] }
        return network.pattern(of: index).distances.map { Int($0.rounded()) }
    }
}

/// A random generator that repeats itself for a seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
