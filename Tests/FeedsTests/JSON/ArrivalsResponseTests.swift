import ETAEngine
import Testing
import TransitModel

@testable import Feeds

struct ArrivalsResponseTests {
    private var scene: Scene {
        var scene = Scene()
        scene.addBus("7", on: Town.run("H", start: "07:52:00"), before: 2)
        scene.addBus("8", on: Town.run("H", start: "07:56:00"), before: 1)
        scene.addBus("9", on: Town.run("T2"), before: 0, source: .terminal)
        return scene
    }

    private func vehicles(_ response: ArrivalsResponse) -> [String?] {
        response.arrivals.map(\.vehicleID)
    }

    @Test func `the answer has the shape that the contract shows`() throws {
        let response = ArrivalsResponse(snapshot: Scene().snapshot, stop: Town.stop("S1"))
        #expect(
            try json(response) == """
                {"alerts":[],"arrivals":[],"generated_at":1795223100,\
                "stop":{"id":"S1","lat":-0.95,"lon":100.36,"name":"Halte 1"}}
                """
        )
    }

    @Test func `arrivals come soonest first, within limit, minutes and route`() {
        let (snapshot, stop) = (scene.snapshot, Town.stop("S4"))
        #expect(vehicles(ArrivalsResponse(snapshot: snapshot, stop: stop)) == ["7", "8", "9"])
        #expect(vehicles(ArrivalsResponse(snapshot: snapshot, stop: stop, limit: 1)) == ["7"])
        #expect(vehicles(ArrivalsResponse(snapshot: snapshot, stop: stop, minutes: 3)) == ["7"])
        #expect(
            vehicles(ArrivalsResponse(snapshot: snapshot, stop: stop, route: RouteIndex(1)))
                == ["9"]
        )
    }

    @Test func `a bus that stands at the stop is still coming, one that left is not`() {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"), before: 3)
        scene.trips[0].stops[0].arrival = scene.madeAt - 20
        scene.trips[0].stops[0].departure = scene.madeAt + 5
        #expect(scene.snapshot.comingArrivals(at: Town.stop("S4")).count == 1)
        scene.trips[0].stops[0].departure = scene.madeAt - 1
        #expect(scene.snapshot.comingArrivals(at: Town.stop("S4")).isEmpty)
    }

    @Test func `alerts that concern the stop come along in the language asked for`() {
        let response = ArrivalsResponse(
            snapshot: scene.snapshot, stop: Town.stop("S3"), alerts: [.detour], language: "en")
        #expect(response.alerts.map(\.header) == ["Detour"])
    }

    @Test func `several stops are answered in the order asked for`() throws {
        let response = StopsArrivalsResponse(
            snapshot: scene.snapshot, stops: [Town.stop("S6"), Town.stop("S1")], limit: 1)
        #expect(response.stops.map(\.stop.id) == ["S6", "S1"])
        #expect(response.stops.map(\.arrivals.count) == [1, 1])
        #expect(
            try WireJSON.decode(StopsArrivalsResponse.self, from: WireJSON.encode(response))
                == response
        )
    }
}
