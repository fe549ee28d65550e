import ETAEngine
import Testing
import TransitModel

@testable import Feeds

struct VehiclesResponseTests {
    @Test func `a vehicle on a run says all of it`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"), before: 3) { vehicle in
            vehicle.delay = -31.6
            vehicle.occupancy = .manySeatsAvailable
        }
        #expect(
            try json(VehiclesResponse(snapshot: scene.snapshot)) == """
                {"generated_at":1795223100,"vehicles":[{"age_s":10,"bearing":90,\
                "confidence":0.9,"current_status":"IN_TRANSIT_TO","current_stop_sequence":5,\
                "delay_s":-32,"direction_id":0,"headsign":"Timur","id":"7","label":"7",\
                "lat":-0.95,"lon":100.372592,"occupancy":"MANY_SEATS_AVAILABLE",\
                "route_id":"K1","speed_mps":8,"start_date":"20261121","start_time":"08:00:00",\
                "state":"in_service","stop_id":"S4","timestamp":1795223090,"trip_id":"T1"}]}
                """
        )
    }

    @Test func `a stray vehicle has nulls and the route its source claims`() throws {
        var scene = Scene()
        scene.addStray("9", state: .silent, age: 700)
        scene.vehicles[0].claimedRoute = RouteIndex(0)
        let row = try #require(VehiclesResponse(snapshot: scene.snapshot).vehicles.first)
        #expect((row.routeID, row.tripID, row.stopID, row.currentStatus) == ("K1", nil, nil, nil))
        #expect((row.state, row.ageS) == ("silent", 700))
        #expect(try json(row).contains(#""bearing":null"#))
    }

    @Test func `vehicles can be asked for by route and come by id`() {
        var scene = Scene()
        scene.addBus("8", on: Town.run("T1"))
        scene.addBus("7", on: Town.run("H", start: "07:52:00"))
        scene.addBus("6", on: Town.run("T2"))
        scene.addStray("9")
        #expect(
            VehiclesResponse(snapshot: scene.snapshot).vehicles.map(\.id) == ["6", "7", "8", "9"])
        #expect(
            VehiclesResponse(snapshot: scene.snapshot, route: RouteIndex(0)).vehicles.map(\.id)
                == ["7", "8"]
        )
    }
}
