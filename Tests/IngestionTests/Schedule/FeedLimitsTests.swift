import Testing
import TransitModel

@testable import Ingestion

/// Each kind of thing has a limit, at which a feed is still read and beyond which it is refused.
@Suite struct FeedLimitsTests {
    private typealias Path = WritableKeyPath<FeedLimits, FeedLimits.Limit> & Sendable

    /// A feed with two of each kind.
    private static let files = [
        "agency.txt": """
        agency_id,agency_name,agency_url,agency_timezone
        a,A,u,Asia/Jakarta
        b,B,u,Asia/Jakarta
        """,
        "stops.txt": "stop_id,stop_lat,stop_lon\nx,1.1,100\ny,1.1,100.001",
        "routes.txt": "route_id,agency_id,route_short_name,route_type\nr,a,1,3\nq,a,2,3",
        "calendar_dates.txt": "service_id,date,exception_type\nd,20260101,1\ne,20260101,1",
        "trips.txt": "route_id,service_id,trip_id,shape_id\nr,d,t,g\nq,e,u,h",
        "frequencies.txt": "trip_id,start_time,end_time,headway_secs\n"
            + "t,06:00:00,07:00:00,60\nu,06:00:00,07:00:00,60",
        "shapes.txt": "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n"
            + "g,1.1,100,1\nh,1.1,100.001,1",
        "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
            + "t,08:00:00,08:00:00,x,1\nt,08:01:00,08:01:00,y,2\n"
            + "u,08:00:00,08:00:00,y,1\nu,08:01:00,08:01:00,x,2",
    ]

    private func load(_ files: [String: String], _ limits: FeedLimits) throws -> NetworkLoad {
        let archive = try FeedArchive(name: "feed", files: files)
        var compiler = NetworkCompiler(archive, limits: limits)
        return try compiler.compile()
    }

    /// Loads a feed with a limit at what it has, and with one that it is above by one.
    private func expect(
        _ files: [String: String], _ limit: Path, count: Int, _ name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var limits = FeedLimits()
        limits[keyPath: limit].count = count
        #expect(
            try load(files, limits).network.trips.count == 2, sourceLocation: sourceLocation)
        limits[keyPath: limit].count = count - 1
        let error = #expect(throws: ScheduleError.self, sourceLocation: sourceLocation) {
            try load(files, limits)
        }
        let last = error?.notices.last
        #expect(last?.code == "too_many_rows", sourceLocation: sourceLocation)
        #expect(
            last?.description.hasPrefix("\(name), as no feed does;") == true,
            "\(last?.description ?? "")", sourceLocation: sourceLocation)
    }

    @Test func `files that are held have limits`() throws {
        try expect(Self.files, \.agencies, count: 2, "agency.txt: has more than 1 agencies")
        try expect(Self.files, \.stops, count: 2, "stops.txt: has more than 1 stops")
        try expect(Self.files, \.routes, count: 2, "routes.txt: has more than 1 routes")
        try expect(Self.files, \.services, count: 2, "calendar.txt: has more than 1 services")
        try expect(
            Self.files, \.serviceDates, count: 2, "calendar_dates.txt: has more than 1 days")
        try expect(Self.files, \.trips, count: 2, "trips.txt: has more than 1 trips")
        try expect(
            Self.files, \.frequencies, count: 2, "frequencies.txt: has more than 1 headways")
    }

    @Test func `shapes have limits`() throws {
        try expect(Self.files, \.shapes, count: 2, "shapes.txt: has more than 1 shapes")
        try expect(Self.files, \.shapePoints, count: 2, "shapes.txt: has more than 1 points")
        var files = Self.files
        files["shapes.txt"]? += "\nh,1.1,100.002,2\nh,1.1,100.003,3"
        try expect(
            files, \.heldShapePoints, count: 3,
            "shapes.txt: has more than 2 points in one shape or in disorder")
    }

    @Test func `stop times have limits`() throws {
        try expect(
            Self.files, \.stopTimes, count: 4,
            "stop_times.txt: has more than 3 rows of trips that run")
        try expect(
            Self.files, \.patterns, count: 2, "stop_times.txt: has more than 1 kinds of trips")
        try expect(
            Self.files, \.patternStops, count: 4,
            "stop_times.txt: has more than 3 calls in trips that are unlike any other")
    }

    @Test func `rows in disorder have limits of their own`() throws {
        var files = Self.files
        files["stop_times.txt"] =
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
            + "t,08:00:00,08:00:00,x,1\nu,08:00:00,08:00:00,y,1\n"
            + "t,08:01:00,08:01:00,y,2\nu,08:01:00,08:01:00,x,2"
        files["shapes.txt"] =
            "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n"
            + "g,1.1,100,1\nh,1.1,100.001,1\ng,1.1,100.001,2"
        try expect(
            files, \.scatteredStopTimes, count: 4,
            "stop_times.txt: has more than 3 rows in disorder; sort it by trip_id, which lifts this "
                + "limit")
        try expect(
            files, \.heldShapePoints, count: 3,
            "shapes.txt: has more than 2 points in one shape or in disorder")
    }
}
