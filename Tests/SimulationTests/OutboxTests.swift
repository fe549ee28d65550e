import Geometry
import Testing
import TransitModel

@testable import Simulation

@Suite struct `The outbox` {
    private func ping(_ name: String, received: Double) -> SimulatedPing {
        SimulatedPing(
            ping: Ping(
                vehicleID: name,
                timestamp: Timestamp(0),
                receivedAt: Timestamp(received),
                coordinate: Coordinate(latitude: 0, longitude: 0)
            ),
            isWild: false,
            isRepeat: false,
            state: .driving
        )
    }

    @Test func `pings come out in order of receipt, once, and not before it`() {
        var outbox = Outbox()
        for (name, received) in [("c", 30.0), ("a", 10), ("b", 10), ("d", 31)] {
            outbox.add(ping(name, received: received))
        }
        #expect(outbox.take(until: Timestamp(9)).isEmpty)
        #expect(outbox.take(until: Timestamp(30)).map(\.ping.vehicleID) == ["a", "b", "c"])
        #expect(outbox.take(until: Timestamp(30)).isEmpty)
        #expect(outbox.take(until: Timestamp(99)).map(\.ping.vehicleID) == ["d"])
    }
}
