import Geometry
import Testing
import TransitModel

@testable import Ingestion

/// A road that goes 445 m east, as much north and as much east again; stops are in its corners.
struct BorrowedLinesTests {
    /// `away` lies 222 m north of the last stretch, `far` and `farther` beyond.
    private static let stops = """
        stop_id,stop_lat,stop_lon
        west,0.000,100.000
        corner,0.000,100.004
        bend,0.004,100.004
        east,0.004,100.008
        away,0.006,100.006
        far,0.012,100.006
        farther,0.014,100.008
        """
    private static let shape = """
        shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
        road,0.000,100.000,1
        road,0.000,100.004,2
        road,0.004,100.004,3
        road,0.004,100.008,4
        """

    @Test func `a pattern without a shape follows the road of others of its route`() throws {
        let load = try Self.load("west bend east")
        #expect(load.distances(of: "drawn") == [0, 445, 890, 1334])
        #expect(load.distances(of: "plain") == [0, 890, 1334])
    }

    @Test func `the way back follows the same road backwards`() throws {
        let load = try Self.load("east bend west")
        #expect(load.distances(of: "plain") == [0, 445, 1334])
        let line = try #require(Self.line(of: "plain", load))
        #expect(line.count == 4)
    }

    @Test func `a short trip follows its part of the road`() throws {
        let load = try Self.load("bend east")
        #expect(load.distances(of: "plain") == [0, 445])
        #expect(Self.line(of: "plain", load)?.count == 2)
    }

    @Test func `the way to a stop off the road is straight`() throws {
        let load = try Self.load("west bend away east")
        // Along the road to the bend, then twice 314 m across.
        #expect(load.distances(of: "plain") == [0, 890, 1204, 1519])
    }

    @Test func `a trip most of whose stops are elsewhere goes straight`() throws {
        let load = try Self.load("west bend far farther")
        #expect(load.distances(of: "plain").prefix(2) == [0, 629])
    }

    @Test func `three close stops of five are enough and two of four are not`() throws {
        let enough = try Self.load("west bend east far farther")
        #expect(enough.distances(of: "plain").prefix(3) == [0, 890, 1334])
        let tooFew = try Self.load("west bend away far")
        #expect(tooFew.distances(of: "plain").prefix(2) == [0, 629])
    }

    @Test func `stops that the road passes in another order are not on it`() throws {
        let load = try Self.load("bend west east")
        #expect(load.distances(of: "plain").first == 0)
        #expect(load.distances(of: "plain")[1] == 629)
    }

    @Test func `the road of another route is not followed`() throws {
        let load = try Self.load("west bend east", route: "other")
        #expect(load.distances(of: "plain") == [0, 629, 1074])
    }

    @Test func `of two roads the one that passes more stops is followed`() throws {
        let direct = """

            direct,0.000,100.000,1
            direct,0.004,100.008,2
            """
        let load = try Self.load(
            "west bend east", shapes: Self.shape + direct,
            trips: "\nr,daily,second,direct", times: Self.times("second", "west east"))
        #expect(load.distances(of: "second") == [0, 995])
        #expect(load.distances(of: "plain") == [0, 890, 1334])
    }

    @Test func `a pattern whose own shape is elsewhere follows the road of others`() throws {
        let wrong = """

            wrong,0.040,100.000,1
            wrong,0.040,100.008,2
            """
        let load = try Self.load(
            "west bend east", shapes: Self.shape + wrong, shapeOfPlain: "wrong")
        #expect(load.codes.contains("shape_too_far_from_stops"))
        #expect(load.distances(of: "plain") == [0, 890, 1334])
    }

    @Test func `no road is sought when that is more work than is left`() throws {
        var parts = Network.Parts()
        parts.stops.elements = [0.0, 0.001].map {
            Stop(id: "\($0)", name: "", coordinate: Coordinate(latitude: 0, longitude: $0))
        }
        let road = [PlanePoint(x: 0, y: 0), PlanePoint(x: 60, y: 9), PlanePoint(x: 111, y: 0)]
        parts.shapes.elements = Polyline(road).map { [Shape(id: "g", line: $0)] } ?? []
        let placer = PatternCompiler(parts)
        let stops = [StopIndex(0), StopIndex(1)]
        let drawn = placer.place(.init(shape: ShapeIndex(0), stops: stops, progress: [nil, nil]))
        var budget = MatchingBudget(stopTimeCount: 0)
        func course() -> PatternCompiler.Course? {
            var lines = BorrowedLines(
                placer, parts.shapes, budget: budget, courses: [drawn.course], routes: [0])
            return lines.course(
                for: .init(shape: nil, stops: stops, progress: [nil, nil]), route: 0)
        }
        #expect(course()?.line.points.count == 3)
        while budget.spend(100_000_000) {}
        #expect(course() == nil)
    }

    /// Loads trip `drawn` on the road and trip `plain` without, which serves some stops.
    private static func load(
        _ served: String, route: String = "r", shapes: String = Self.shape,
        shapeOfPlain: String = "", trips: String = "", times: String = ""
    ) throws -> NetworkLoad {
        try MiniFeed.load([
            "stops.txt": stops, "shapes.txt": shapes,
            "routes.txt": "route_id,agency_id,route_short_name,route_type\nr,a,R,3\nother,a,O,3",
            "trips.txt": """
            route_id,service_id,trip_id,shape_id
            r,daily,drawn,road
            \(route),daily,plain,\(shapeOfPlain)
            """ + trips,
            "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence"
                + Self.times("drawn", "west corner bend east") + Self.times("plain", served)
                + times,
        ])
    }

    /// Rows of `stop_times.txt`, five minutes from stop to stop.
    private static func times(_ trip: String, _ stops: String) -> String {
        stops.split(separator: " ").enumerated().map { number, stop in
            let time = ServiceTime(28_800 + number * 300).text
            return "\n\(trip),\(time),\(time),\(stop),\(number + 1)"
        }.joined()
    }

    private static func line(of trip: String, _ load: NetworkLoad) -> [Double]? {
        load.network.trip(id: trip).map { load.network.pattern(of: $0).line.distances }
    }
}
