import Ingestion
import TransitModel

/// A made-up feed on the equator: two fixed trips, one exact and one loose headway, a station.
enum Village {
    static let files = [
        "agency.txt": """
        agency_id,agency_name,agency_url,agency_timezone
        v,Village Buses,https://example.org,Asia/Jakarta
        """,
        "feed_info.txt": """
        feed_publisher_name,feed_publisher_url,feed_lang,feed_version
        Village,https://example.org,en,v7
        """,
        "stops.txt": """
        stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
        hub,Hub,0,100.000,1,
        h1,Hub Platform 1,0,100.000,0,hub
        h2,Hub Platform 2,0,100.0001,0,hub
        mid,Middle,0,100.010,0,
        end,End,0,100.020,0,
        """,
        "routes.txt": """
        route_id,agency_id,route_short_name,route_long_name,route_type
        r1,v,1,Hub - End,3
        r2,v,2,,3
        """,
        "calendar.txt": """
        service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        week,1,1,1,1,1,0,0,20260105,20260130
        """,
        "calendar_dates.txt": """
        service_id,date,exception_type
        week,20260105,2
        fair,20260110,1
        week,20260131,1
        """,
        "trips.txt": """
        route_id,service_id,trip_id,trip_headsign,direction_id,block_id,shape_id
        r1,week,early,End,0,b,line
        r1,week,late,End,0,b,line
        r2,week,loose,Hub,1,,
        r2,fair,exact,Hub,1,,
        """,
        "shapes.txt": """
        shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
        line,0,100.000,1
        line,0,100.020,2
        """,
        "stop_times.txt": """
        trip_id,arrival_time,departure_time,stop_id,stop_sequence
        early,06:00:00,06:00:00,h1,1
        early,06:10:00,06:11:00,mid,5
        early,06:20:00,06:20:00,end,9
        late,23:50:00,23:50:00,h1,1
        late,24:00:00,24:01:30,mid,5
        late,24:10:00,24:10:00,end,9
        loose,00:00:00,00:00:00,end,1
        loose,00:10:00,00:10:00,mid,2
        loose,00:20:00,00:20:00,h2,3
        exact,00:00:00,00:00:00,end,1
        exact,00:10:00,00:10:00,mid,2
        exact,00:20:00,00:20:00,h2,3
        """,
        "frequencies.txt": """
        trip_id,start_time,end_time,headway_secs,exact_times
        loose,06:00:00,18:00:00,600,0
        exact,07:00:00,07:30:00,900,1
        """,
    ]

    /// The village's network, with some files replaced.
    static func network(_ changes: [String: String] = [:]) throws -> Network {
        try load(changes).network
    }

    /// The village with some files replaced.
    static func load(_ changes: [String: String] = [:]) throws -> NetworkLoad {
        try ScheduleLoader.load(files: files.merging(changes) { $1 })
    }

    /// A date of January 2026; the 7th is a Wednesday.
    static func january(_ day: Int) throws -> ServiceDate {
        guard let date = ServiceDate(year: 2026, month: 1, day: day) else { throw NoSuchDay() }
        return date
    }

    struct NoSuchDay: Error {}
}
