/// A small feed with something of everything: a loop, a station, blank times, times past midnight,
/// headways, a stop without a place.
enum SoundFeed {
    static let tables: [(name: String, rows: [[String]])] = texts.map { name, text in
        (
            name,
            text.split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
        )
    }

    private static let texts = [
        ("feed_info.txt", "feed_publisher_name,feed_version\nX,1"),
        (
            "agency.txt",
            "agency_id,agency_name,agency_timezone\na,A,Asia/Jakarta\nb,B,Asia/Jakarta"
        ),
        (
            "stops.txt",
            """
            stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
            s1,One,0.001,100.000,0,hall
            s2,Two,0.001,100.001,0,
            s3,Three,0.001,100.002,0,
            s4,Four,0.002,100.002,0,
            s5,Five,,,0,
            hall,Hall,0.001,100.000,1,
            """
        ),
        (
            "routes.txt",
            "route_id,agency_id,route_short_name,route_type,route_color\nr1,a,1,3,FF0000\nr2,b,2,3,"
        ),
        (
            "calendar.txt",
            """
            service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
            daily,1,1,1,1,1,1,1,20260101,20261231
            """
        ),
        (
            "calendar_dates.txt",
            "service_id,date,exception_type\ndaily,20260229,2\nextra,20260301,1"
        ),
        (
            "shapes.txt",
            """
            shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
            loop,0.001,100.000,1
            loop,0.001,100.002,2
            loop,0.002,100.002,3
            loop,0.002,100.000,4
            loop,0.001,100.000,5
            line,0.0011,99.999,1
            line,0.0011,100.003,20
            """
        ),
        (
            "trips.txt",
            """
            route_id,service_id,trip_id,trip_headsign,direction_id,block_id,shape_id
            r1,daily,t1,Loop,0,k,loop
            r1,daily,t2,Loop,0,k,loop
            r2,extra,t3,East,1,,line
            r2,daily,t4,West,1,,
            """
        ),
        (
            "frequencies.txt",
            "trip_id,start_time,end_time,headway_secs,exact_times\nt4,06:00:00,09:00:00,600,0\nt4,09:00:00,12:00:00,900,1"
        ),
        (
            "stop_times.txt",
            """
            trip_id,arrival_time,departure_time,stop_id,stop_sequence
            t1,08:00:00,08:00:00,s1,1
            t1,,,s2,2
            t1,08:02:00,08:03:00,s3,3
            t1,08:04:00,08:04:00,s4,5
            t1,08:09:00,08:09:00,s1,9
            t2,23:58:00,23:58:00,s1,1
            t2,,,s2,2
            t2,24:02:00,24:02:00,s3,3
            t2,24:04:00,24:04:00,s4,5
            t2,24:09:00,24:09:00,s1,9
            t3,10:00:00,10:00:00,s1,0
            t3,10:01:00,10:01:00,s5,1
            t3,10:02:00,10:02:00,s3,2
            t4,06:00:00,06:00:00,s3,1
            t4,06:02:00,06:02:00,s2,2
            t4,06:05:00,06:05:00,s1,3
            """
        ),
    ]
}
