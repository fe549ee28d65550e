import Testing
import TransitModel

@testable import Ingestion

@Suite struct ShapeDistanceTests {
    /// Points 111.2 m apart along the equator, by distance.
    private func load(_ distances: String...) throws -> NetworkLoad {
        let rows = distances.enumerated().map {
            "g,0.001,\(100.0 + Double($0.offset) / 1000),\($0.offset),\($0.element)"
        }
        return try load(rows: rows)
    }

    private func load(rows: [String]) throws -> NetworkLoad {
        let header = "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled"
        return try MiniFeed.load([
            "trips.txt": "route_id,service_id,trip_id,shape_id\nr,daily,t,g",
            "shapes.txt": ([header] + rows).joined(separator: "\n"),
        ])
    }

    @Test func `distances that stand still while the line goes on are told`() throws {
        let load = try load("0", "0.1", "0.1", "0.3")
        #expect(load.codes == ["equal_shape_distance_diff_coordinates"])
        #expect(load.notices[0].line == 4)
        #expect(load.notices[0].column == "shape_dist_traveled")
    }

    @Test func `distances that fall are told`() throws {
        let load = try load("0", "0.2", "0.1", "0.3")
        #expect(load.codes == ["decreasing_shape_distance"])
        #expect(load.notices[0].line == 4)
    }

    @Test(arguments: ["100", "100.0", "0.10", "0", "12.345"])
    func `a distance is quoted as the file writes it`(distance: String) throws {
        let load = try load("200", distance, "300")
        #expect(load.notices.map(\.value) == [distance])
    }

    @Test(arguments: ["+100", ".5", "0100"])
    func `a distance written in an odd way is not quoted as another`(distance: String) throws {
        let load = try load("200", distance, "300")
        #expect(load.codes == ["decreasing_shape_distance"])
        #expect(load.notices[0].value == nil)
    }

    @Test func `a blank distance is not bridged`() throws {
        #expect(try load("0", "0.2", "", "0.2").notices.isEmpty)
    }

    @Test func `points that only rounding tells apart may share a distance`() throws {
        let load = try load(rows: [
            "g,0.001,100.000000,1,0", "g,0.001,100.000009,2,0", "g,0.001,100.002,3,1",
        ])
        #expect(load.notices.isEmpty)
    }

    @Test func `a distance that cannot be is told and left out`() throws {
        let load = try load("0", "far", "-1", "1")
        #expect(load.codes == ["invalid_float", "number_out_of_range"])
    }

    @Test func `distances go with their points into order`() throws {
        let load = try load(rows: [
            "g,0.001,100.002,3,0.1", "g,0.001,100.000,1,0", "g,0.001,100.001,2,0.1",
        ])
        #expect(load.codes == ["equal_shape_distance_diff_coordinates"])
        #expect(load.notices[0].line == 2)
    }

    // transitland-lib#585, google/transit#568: the unit is written nowhere.
    @Test(arguments: [
        ["0", "111", "222"], ["0", "0.111", "0.222"], ["0", "0.069", "0.138"],
        ["0", "365", "730"], ["", "", ""], ["0", "0", "0"], ["0", "9", "1"],
    ])
    func `no unit of shape_dist_traveled moves a stop`(distances: [String]) throws {
        let rows = distances.enumerated().map {
            "g,0.001,\(100.0 + Double($0.offset) / 1000),\($0.offset),\($0.element)"
        }
        #expect(try load(rows: rows).distances(of: "t") == [0, 111, 222])
    }
}
