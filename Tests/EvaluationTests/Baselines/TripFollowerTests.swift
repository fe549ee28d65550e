import ETAEngine
import Testing
import TransitModel

@testable import Evaluation

struct TripFollowerTests {
    private let street = Street()

    private func follower() throws -> TripFollower {
        TripFollower(roster: try street.roster(), network: try street.network())
    }

    private func ping(
        _ moment: Double, position: Double = 0, trip: String? = "t0", vehicle: String = "v0"
    ) -> Ping {
        Ping(
            vehicleID: vehicle, timestamp: Timestamp(street.start(0) + moment),
            receivedAt: Timestamp(street.start(0) + moment),
            coordinate: street.coordinate(position), tripID: trip)
    }

    @Test func `a bus is followed along its run`() throws {
        var follower = try follower()
        #expect(try follower.receive(ping(60, position: 0.5)) == [])
        #expect(try follower.receive(ping(190, position: 1.5)) == [])
        #expect(try follower.receive(ping(320, position: 2.5))?.count == 1)
        let fix = try #require(follower.vehicles.first?.fix)
        #expect(fix.run.instance.trip == TripIndex(0))
        #expect(fix.moment == street.start(0) + 320)
        guard case .under(next: 3, _) = fix.place else {
            Issue.record("\(fix.place)")
            return
        }
    }

    @Test func `what is not newer than the last fix is refused`() throws {
        var follower = try follower()
        _ = try follower.receive(ping(60))
        #expect(throws: PingRejection.duplicate) { try follower.receive(ping(60)) }
        #expect(throws: PingRejection.late) { try follower.receive(ping(59)) }
        _ = try follower.receive(ping(59, vehicle: "v1"))
        #expect(follower.vehicles.map(\.id) == ["v0", "v1"])
    }

    @Test func `a bus that names no trip any more is on no run`() throws {
        var follower = try follower()
        _ = try follower.receive(ping(60))
        #expect(try follower.receive(ping(90, trip: nil)) == nil)
        #expect(follower.vehicles[0].fix == nil)
    }

    @Test func `a fix off the line leaves the last place, but not that of another run`() throws {
        var follower = try follower()
        _ = try follower.receive(ping(60, position: 2))
        #expect(try follower.receive(ping(90, position: -5)) == nil)
        #expect(follower.vehicles[0].fix?.moment == street.start(0) + 60)
        #expect(try follower.receive(ping(120, position: -5, trip: "t1")) == nil)
        #expect(follower.vehicles[0].fix == nil)
    }

    @Test func `a run is known from the first ping that names it`() throws {
        var follower = try follower()
        _ = try follower.receive(ping(60, position: -5, trip: "t1"))
        #expect(follower.known.map(\.trip) == [TripIndex(1)])
    }
}
