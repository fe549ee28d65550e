import Testing
import TransitModel

@testable import Ingestion

@Suite struct ShapesTests {
    private func load(_ rows: String) throws -> NetworkLoad {
        try MiniFeed.load([
            "trips.txt": "route_id,service_id,trip_id,shape_id\nr,daily,t,g",
            "shapes.txt": "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n\(rows)",
        ])
    }

    @Test func `points are taken in order of sequence, not of the file`() throws {
        let load = try load("g,0.001,100.002,30\ng,0.001,100.000,1\ng,0.001,100.001,2")
        #expect(load.distances(of: "t") == [0, 111, 222])
        #expect(load.network.patterns.elements[0].shape == ShapeIndex(0))
        #expect(load.notices.isEmpty)
    }

    @Test func `shapes may be mixed in the file`() throws {
        let load = try load(
            "g,0.001,100.000,1\nh,0.002,100.000,1\ng,0.001,100.002,2\nh,0.002,100.002,2"
        )
        #expect(load.network.shapes.elements.map(\.id) == ["g", "h"])
        #expect(load.distances(of: "t") == [0, 111, 222])
    }

    @Test func `a sequence that stands twice is kept once`() throws {
        let load = try load("g,0.001,100.000,1\ng,0.009,100.001,1\ng,0.001,100.002,2")
        #expect(load.codes == ["duplicate_key"])
        #expect(load.notices[0].line == 2)
        #expect(load.distances(of: "t") == [0, 111, 222])
    }

    @Test func `a point off the earth is dropped`() throws {
        let load = try load("g,0.001,100.000,1\ng,0,0,2\ng,0.001,100.002,3")
        #expect(load.codes == ["point_near_origin"])
        #expect(load.notices.first?.line == 3)
        #expect(load.distances(of: "t") == [0, 111, 222])
    }

    @Test func `a shape of one point is not followed`() throws {
        let load = try load("h,0.001,100.000,1\nh,0.001,100.002,2\ng,0.001,100.000,1")
        #expect(load.codes == ["single_shape_point"])
        #expect(load.notices[0].line == 4)
        #expect(load.network.patterns.elements[0].shape == nil)
        #expect(load.distances(of: "t") == [0, 111, 222])
    }

    @Test func `a line longer than the trip at both ends is followed`() throws {
        let load = try load("g,0.001,99.990,1\ng,0.001,100.010,2")
        #expect(load.distances(of: "t") == [1112, 1223, 1334])
    }

    @Test func `a shape of another city is not followed`() throws {
        let load = try load("g,3.001,100.000,1\ng,3.001,100.002,2")
        #expect(load.codes == ["shape_too_far_from_stops"])
        #expect(load.network.patterns.elements[0].shape == nil)
        #expect(load.distances(of: "t") == [0, 111, 222])
    }

    @Test func `a stop far from its shape is named once`() throws {
        let load = try MiniFeed.load([
            "stops.txt": """
            stop_id,stop_lat,stop_lon
            s1,0.001,100.000
            s2,0.003,100.001
            s3,0.001,100.002
            """,
            "trips.txt": "route_id,service_id,trip_id,shape_id,direction_id\nr,daily,t,g,0",
            "shapes.txt": """
            shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
            g,0.001,100.000,1
            g,0.001,100.002,2
            """,
        ])
        #expect(load.codes == ["stop_too_far_from_shape"])
        #expect(load.notices.first?.message.hasPrefix("is 222 m from stop s2") == true)
    }
}
