import Geometry
import Testing
import TransitModel

@testable import Ingestion

@Suite struct PatternCompilerTests {
    private let header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence"

    @Test func `trips alike but for their times share a pattern`() throws {
        let load = try MiniFeed.load([
            "trips.txt": """
            route_id,service_id,trip_id,direction_id
            r,daily,t,0
            r,daily,u,0
            r,daily,v,1
            r,daily,w,0
            """,
            "stop_times.txt": """
            \(header)
            t,08:00:00,08:00:00,s1,1
            t,08:02:00,08:02:00,s2,2
            u,09:00:00,09:00:00,s1,1
            u,09:09:00,09:09:00,s2,2
            v,08:00:00,08:00:00,s1,1
            v,08:02:00,08:02:00,s2,2
            w,08:00:00,08:00:00,s1,1
            w,08:02:00,08:02:00,s2,3
            """,
        ])
        let patterns = load.network.trips.elements.map(\.pattern.position)
        #expect(patterns == [0, 0, 1, 2])
        #expect(load.network.patterns.count == 3)
    }

    @Test func `without a shape the line runs straight from stop to stop`() throws {
        let load = try MiniFeed.load()
        #expect(load.distances(of: "t") == [0, 111, 222])
        #expect(load.network.patterns.elements[0].line.points.count == 3)
    }

    @Test func `a stop without a place lies between its neighbours`() throws {
        let load = try MiniFeed.load([
            "stops.txt": """
            stop_id,stop_lat,stop_lon
            s1,0.001,100.000
            s2,,
            s3,0.001,100.002
            """
        ])
        #expect(load.distances(of: "t") == [0, 111, 222])
        #expect(load.codes == ["stop_without_location"])
    }

    @Test func `a trip whose stops have no place at all is dropped`() {
        let error = MiniFeed.refusal(["stops.txt": "stop_id,stop_lat,stop_lon\ns1,,\ns2,,\ns3,,"])
        #expect(error?.notices.map(\.code).suffix(2) == ["unusable_trip", "no_usable_trips"])
    }

    @Test func `a stop called at twice has two visits`() throws {
        let load = try MiniFeed.load([
            "stop_times.txt": """
            \(header)
            t,08:00:00,08:00:00,s1,1
            t,08:02:00,08:02:00,s2,2
            t,08:04:00,08:04:00,s1,3
            """
        ])
        let stop = try #require(load.network.stop(id: "s1"))
        #expect(load.network.visits(at: stop).map(\.position) == [0, 2])
        #expect(load.distances(of: "t") == [0, 111, 222])
    }
}
