import ETAEngine
import Testing

@testable import Feeds

struct VehicleResponseTests {
    @Test func `a vehicle tells its next stops`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"), before: 4)
        let snapshot = scene.snapshot
        let response = VehicleResponse(try #require(snapshot.vehicle(id: "7")), in: snapshot)
        #expect(response.vehicle.id == "7")
        #expect(response.nextStops.map(\.stopID) == ["S5", "S6"])
        #expect(
            try json(response.nextStops[0]) == """
                {"minutes":1,"name":"Halte 5","predicted_arrival":1795223160,\
                "scheduled_arrival":1795223280,"stop_id":"S5","stop_sequence":7,\
                "uncertainty_s":20}
                """
        )
    }

    @Test func `a vehicle without a run has no next stops`() throws {
        var scene = Scene()
        scene.addStray("9")
        let snapshot = scene.snapshot
        #expect(VehicleResponse(snapshot.vehicles[0], in: snapshot).nextStops.isEmpty)
    }

    @Test func `a headway run promises no times`() {
        #expect(Town.network.scheduledArrival(of: Town.run("H", start: "07:52:00"), at: 2) == nil)
    }
}
