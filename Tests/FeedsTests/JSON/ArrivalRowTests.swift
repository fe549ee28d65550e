import ETAEngine
import Testing
import TransitModel

@testable import Feeds

struct ArrivalRowTests {
    private func row(_ scene: Scene, at stop: String) throws -> ArrivalRow {
        let snapshot = scene.snapshot
        let arrival = try #require(snapshot.arrivals(at: Town.stop(stop)).first)
        return ArrivalRow(arrival, in: snapshot)
    }

    @Test func `a live headway bus is unscheduled and says how far it is`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("H", start: "07:52:00")) { $0.occupancy = .full }
        #expect(
            try json(row(scene, at: "S5")) == """
                {"age_s":10,"color":"1165A5","direction_id":0,"distance_m":1100,\
                "headsign":"Timur","minutes":5,"occupancy":"FULL",\
                "predicted_arrival":1795223400,"route_id":"K1","route_name":"K1",\
                "scheduled_arrival":null,"source":"live","start_date":"20261121",\
                "start_time":"07:52:00","status":"unscheduled","stop_sequence":7,\
                "stops_away":2,"trip_id":"H","uncertainty_s":40,"vehicle_id":"7"}
                """
        )
    }

    @Test func `a bus that waits says neither stops nor metres`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T2"), before: 0, source: .terminal) {
            $0.occupancy = .empty
        }
        let row = try row(scene, at: "S5")
        #expect((row.source, row.stopsAway, row.distanceM) == ("terminal", nil, nil))
        #expect(row.occupancy == "EMPTY")
        #expect(row.ageS == 10)
        #expect(row.routeName == "East")
        #expect(row.headsign == "Halte 1")
    }

    @Test func `a next trip does not say how full its bus is now`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1")) { $0.occupancy = .full }
        scene.trips = []
        scene.addTrip(Town.run("T2"), vehicle: "7")
        let row = try row(scene, at: "S5")
        #expect((row.source, row.occupancy, row.vehicleID) == ("next_trip", nil, "7"))
    }

    @Test func `the timetable alone has no vehicle and no age`() throws {
        var scene = Scene()
        scene.addTrip(Town.run("T2"), vehicle: nil, source: .schedule)
        let row = try row(scene, at: "S5")
        #expect((row.status, row.vehicleID, row.ageS) == ("scheduled", nil, nil))
        #expect(row.scheduledArrival == Town.moment("08:32:00").unix)
    }

    @Test(
        arguments: [
            (-61.0, "early"), (-60, "early"), (-59, "on_time"), (299, "on_time"), (300, "late"),
        ])
    func `a timetabled bus is on time from one minute early to five late`(
        delay: Double, status: String
    ) throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"), before: 5)
        let arrival = Town.moment("08:10:00") + delay
        scene.trips[0].stops[0].arrival = arrival
        scene.trips[0].stops[0].departure = arrival
        #expect(try row(scene, at: "S6").status == status)
    }

    @Test func `minutes are whole, rounded down and never negative`() {
        let now = Town.moment("08:05:00")
        #expect(wholeMinutes(from: now, to: now + 119) == 1)
        #expect(wholeMinutes(from: now, to: now - 30) == 0)
        #expect(age(of: now + 5, at: now) == 0)
    }
}
