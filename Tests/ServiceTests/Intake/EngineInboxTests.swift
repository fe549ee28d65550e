import Geometry
import Testing
import TransitModel

@testable import Service

struct EngineInboxTests {
    private func ping(_ vehicle: String, _ second: Double) -> Ping {
        Ping(
            vehicleID: vehicle, timestamp: Town.morning + second, receivedAt: Town.morning,
            coordinate: Coordinate(latitude: -0.95, longitude: 100.36))
    }

    @Test func `pings come out as they came in`() {
        let inbox = EngineInbox()
        inbox.put([ping("a", 2), ping("b", 1)])
        inbox.put([ping("a", 0)])
        #expect(inbox.take(atMost: 2) == [ping("a", 2), ping("b", 1)])
        #expect(inbox.take() == [ping("a", 0)])
        #expect(inbox.take().isEmpty)
        #expect(inbox.passedOver == 0)
    }

    @Test func `beyond its capacity each vehicle keeps its newest points`() {
        let inbox = EngineInbox(capacity: 20)
        inbox.put((0..<18).reversed().map { ping("a", Double($0)) })
        inbox.put([ping("b", 0), ping("b", 1), ping("b", 2)])
        let left = inbox.take()
        #expect(left.filter { $0.vehicleID == "a" } == [17, 16, 15, 14, 13].map { ping("a", $0) })
        #expect(left.count { $0.vehicleID == "b" } == 3)
        #expect(inbox.passedOver == 13)
    }

    @Test func `a flood of one vehicle takes nothing from another`() {
        let inbox = EngineInbox(capacity: 100)
        inbox.put([ping("b", 0)])
        for second in 0..<10_000 { inbox.put([ping("a", Double(second))]) }
        let left = inbox.take()
        #expect(left.count <= 100)
        #expect(left.contains(ping("b", 0)))
        #expect(left.last == ping("a", 9999))
    }
}
