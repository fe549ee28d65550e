import Testing
import TransitModel

@testable import Ingestion

@Suite struct RoutesTests {
    private func route(_ header: String, _ row: String) throws -> (Route, [String]) {
        let load = try MiniFeed.load([
            "routes.txt": "route_id,route_long_name,route_type,\(header)\nr,Long,3,\(row)"
        ])
        return (load.network.routes.elements[0], load.codes)
    }

    @Test func `colours are white and black unless given`() throws {
        let (route, codes) = try route("route_short_name", "K1")
        #expect(route.color == "FFFFFF")
        #expect(route.textColor == "000000")
        #expect(codes.isEmpty)
    }

    @Test func `colours are six hexadecimal digits`() throws {
        let (route, codes) = try route("route_color,route_text_color", "00ff7f,#123456")
        #expect(route.color == "00FF7F")
        #expect(route.textColor == "000000")
        #expect(codes == ["invalid_color"])
    }

    @Test func `an unknown agency is named and left out`() throws {
        let (route, codes) = try route("agency_id", "b")
        #expect(route.agency == nil)
        #expect(codes == ["foreign_key_violation"])
    }

    @Test func `types, names and order are read`() throws {
        let (route, codes) = try route(
            "agency_id,route_short_name,route_sort_order", "a,\"Market, Port\",2"
        )
        #expect(route.name == "Market, Port")
        #expect(route.longName == "Long")
        #expect(route.type == 3)
        #expect(route.sortOrder == 2)
        #expect(route.agency == AgencyIndex(0))
        #expect(codes.isEmpty)
    }

    @Test func `a route that stands twice is kept once`() throws {
        let load = try MiniFeed.load([
            "routes.txt": "route_id,route_short_name,route_type\nr,A,700\nr,B,3"
        ])
        #expect(load.network.routes.elements.map(\.shortName) == ["A"])
        #expect(load.network.routes.elements.map(\.type) == [700])
        #expect(load.codes == ["duplicate_key"])
    }
}
