import Geometry
import Testing
import TransitModel

@testable import Ingestion

@Suite struct StopsTests {
    /// Loads the feed with its three stops at these places.
    private func load(at places: String...) throws -> NetworkLoad {
        let rows = places.enumerated().map { "s\($0 + 1),S,\($1)" }
        return try MiniFeed.load([
            "stops.txt": (["stop_id,stop_name,stop_lat,stop_lon"] + rows).joined(separator: "\n")
        ])
    }

    @Test func `stops on both sides of 180° are neighbours`() throws {
        let load = try load(at: "-16.8,179.99", "-16.8,-179.999", "-16.8,-179.99")
        #expect(load.notices.isEmpty)
        #expect(load.distances(of: "t") == [0, 1171, 2129])
        let origin = load.network.plane.origin
        #expect(abs(abs(origin.longitude) - 180) < 0.01)
    }

    @Test func `stops too far apart for one flat map are told`() throws {
        let far = try load(at: "65,25.40", "65,25.41", "65,25.42\ns4,S,-33,18")
        #expect(far.codes == ["stops_too_far_apart_for_one_map"])
        #expect(far.notices[0].severity == .warning)
        #expect(far.notices[0].message.contains("latitude -33 to 65") == true)
        #expect(try load(at: "65,25.40", "65,25.41", "65,25.42").notices.isEmpty)
        // Along the equator degrees are as long for thousands of kilometres.
        #expect(try load(at: "9,25.40", "9,25.41", "9,25.42\ns4,S,-9,18").notices.isEmpty)
    }

    private func load(_ rows: String) throws -> NetworkLoad {
        try MiniFeed.load([
            "stops.txt": """
            stop_id,stop_code,stop_name,stop_lat,stop_lon,location_type,parent_station,\
            wheelchair_boarding
            s1,,First,0.001,100.000,,,
            s2,,Second,0.001,100.001,,,
            s3,,Third,0.001,100.002,,,
            \(rows)
            """
        ])
    }

    private func stop(_ id: String, _ load: NetworkLoad) throws -> Stop {
        load.network.stops[try #require(load.network.stop(id: id))]
    }

    @Test func `a stop may come before the station that holds it`() throws {
        let load = try load("p,77,Platform,0.001,100.0,0,st,1\nst,,Station,0.001,100.0,1,,2")
        let platform = try stop("p", load)
        #expect(platform.parent == load.network.stop(id: "st"))
        #expect(platform.code == "77")
        #expect(platform.wheelchairBoarding == 1)
        #expect(try stop("st", load).kind == .station)
        #expect(load.notices.isEmpty)
    }

    @Test func `an unknown station is named and left out`() throws {
        let load = try load("p,,P,0.001,100.0,0,nowhere,")
        #expect(
            load.notices.map(\.description).first?.hasPrefix(
                "stops.txt:5 parent_station \"nowhere\":"
            ) == true
        )
        #expect(load.codes == ["foreign_key_violation"])
        #expect(try stop("p", load).parent == nil)
    }

    @Test(arguments: [
        ("x,,X,0,0,,,", "point_near_origin"), ("x,,X,91,100,,,", "number_out_of_range"),
        ("x,,X,1,200,,,", "number_out_of_range"), ("x,,X,,,,,", "stop_without_location"),
        ("x,,X,north,100,,,", "invalid_float"),
    ])
    func `a stop without a place on the earth is kept with a notice`(
        row: String,
        code: String
    ) throws {
        let load = try load(row)
        #expect(load.codes == [code])
        #expect(try stop("x", load).coordinate == nil)
    }

    @Test func `a node needs no place`() throws {
        let load = try load("n,,,,,3,st,\nst,,Station,0.001,100.0,1,,")
        #expect(load.notices.isEmpty)
    }

    @Test func `a stop without a name is called by its code or id`() throws {
        let load = try load("x,12,,0.001,100.0,,,\ny,,,0.001,100.0,,,")
        #expect(try stop("x", load).name == "12")
        #expect(try stop("y", load).name == "y")
        #expect(load.codes == ["missing_stop_name", "missing_stop_name"])
    }

    @Test func `a stop that stands twice is kept once`() throws {
        let load = try load("s1,,Again,0.5,100.0,,,")
        #expect(load.codes == ["duplicate_key"])
        #expect(try stop("s1", load).name == "First")
    }

    @Test func `the plane touches the earth in the middle of the stops`() throws {
        let origin = try MiniFeed.load().network.plane.origin
        #expect(origin.distance(to: Coordinate(latitude: 0.001, longitude: 100.001)) < 0.01)
    }
}
