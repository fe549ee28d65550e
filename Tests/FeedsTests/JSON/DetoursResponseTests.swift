import ETAEngine
import Geometry
import Testing
import TransitModel

@testable import Feeds

struct DetoursResponseTests {
    private let moment = Town.moment("08:05:00")

    private func snapshot() -> Snapshot {
        let place = Coordinate(latitude: -0.95, longitude: 100.36)
        let detour = SuspectedDetour(
            id: "K1.0.2",
            stretches: [
                SuspectedDetour.Stretch(
                    pattern: PatternIndex(0), from: 600, to: 1900, skipped: [2, 3])
            ], leave: place, rejoin: place, firstSeen: moment - 1800, lastSeen: moment - 60,
            vehicles: ["7", "8", "9"])
        return Snapshot(
            network: Town.network, madeAt: moment, lastReceivedAt: moment, vehicles: [], trips: [],
            suspectedDetours: [detour])
    }

    private func alert(_ id: String, end: Timestamp? = nil) -> Alert {
        Alert(id: id, end: end, informed: [], header: [], description: [])
    }

    @Test func `a detour names the stops around it and those not served`() throws {
        let answer = DetoursResponse(snapshot: snapshot())
        let row = try #require(answer.detours.first)
        let stops = Town.network.patterns[PatternIndex(0)].stops.map { Town.network.stops[$0].id }
        #expect(row.lastStop?.stopID == stops[1])
        #expect(row.skippedStops.map(\.stopID) == Array(stops[2...3]))
        #expect(row.nextStop?.stopID == stops[4])
        #expect(row.directionID == 0)
        #expect(row.routeIDs.count == 1)
        #expect((row.firstSeen, row.lastSeen) == (moment.unix - 1800, moment.unix - 60))
        #expect(row.vehicles == ["7", "8", "9"])
        #expect(row.alertID == nil)
        #expect(
            try WireJSON.decode(DetoursResponse.self, from: WireJSON.encode(answer)) == answer)
    }

    @Test func `only an alert in force that was made of it counts as told`() {
        func told(_ alert: Alert) -> String? {
            DetoursResponse(snapshot: snapshot(), alerts: [alert]).detours.first?.alertID
        }
        #expect(told(alert("detour-K1.0.2-17")) == "detour-K1.0.2-17")
        #expect(told(alert("detour-K1.0.2-2-17")) == nil)
        #expect(told(alert("moved")) == nil)
        #expect(told(alert("detour-K1.0.2-17", end: moment - 1)) == nil)
    }

    @Test func `the status tells of detours`() {
        let status = StatusResponse(snapshot: snapshot(), counts: Engine.Counts(), uptime: 1)
        #expect(status.suspectedDetours.map(\.id) == ["K1.0.2"])
    }
}
