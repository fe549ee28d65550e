import ETAEngine
import Testing

@testable import Feeds

struct StatusResponseTests {
    @Test func `the status counts vehicles, pings and routes`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("H", start: "07:52:00"))
        scene.addBus("8", on: Town.run("T1"))
        scene.addStray("9", state: .parked)
        var counts = Engine.Counts()
        counts.received = 10
        counts.accepted = 7
        counts.matched = 6
        counts.doubted = [.swapped: 2]
        counts.rejected = [.duplicate: 3]
        let status = StatusResponse(snapshot: scene.snapshot, counts: counts, uptime: 61.7)
        #expect(status.vehicles["in_service"] == 2)
        #expect(status.vehicles["parked"] == 1)
        #expect(status.vehicles["silent"] == 0)
        #expect((status.pings.received, status.pings.accepted, status.pings.matched) == (10, 7, 6))
        #expect(status.pings.doubted == ["swapped": 2, "frozen": 0])
        #expect(status.pings.rejected["duplicate"] == 3)
        #expect(status.pings.rejected["jump"] == 0)
        #expect(status.routes.map(\.routeID) == ["K2", "K1"])
        #expect(status.routes.map(\.vehicles) == [0, 2])
        #expect((status.uptimeS, status.lastReceivedAgeS) == (61, 2))
        #expect(status.networkVersion == "town-1")
        #expect(try WireJSON.decode(StatusResponse.self, from: WireJSON.encode(status)) == status)
    }
}
