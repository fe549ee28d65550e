import Geometry
import Testing
import TransitModel

@testable import Simulation

@Suite struct `A fleet` {
    private let network = TestTown.headways

    private func fleet(
        seed: UInt64 = 1,
        hour: Int = 9,
        faults: FleetFaults = .realistic
    ) -> Fleet {
        Fleet(
            network: network,
            buses: 16,
            seed: seed,
            startingAt: network.moment(hour),
            faults: faults
        )
    }

    @Test(arguments: 0..<3) func `the same seed gives the same pings and truth`(seed: UInt64) {
        var one = fleet(seed: seed)
        var two = fleet(seed: seed)
        let end = network.moment(9, 30)
        #expect(one.advance(to: end) == two.advance(to: end))
        #expect(one.takeTruth() == two.takeTruth())
    }

    @Test func `another seed gives other pings`() {
        var one = fleet(seed: 1)
        var two = fleet(seed: 2)
        #expect(one.advance(to: network.moment(9, 5)) != two.advance(to: network.moment(9, 5)))
    }

    @Test(arguments: 0..<5) func `steps do not matter`(seed: UInt64) {
        var whole = fleet(seed: seed)
        var stepped = fleet(seed: seed)
        var random = SeededGenerator(Seed(seed))
        let end = network.moment(9, 40)
        var now = network.moment(9)
        var pings: [SimulatedPing] = []
        var truth: [TrueStopEvent] = []
        while now < end {
            let step = random.chance(0.5) ? random.uniform(0.2...3) : random.uniform(3...150)
            now = min(end, now + step)
            let received = stepped.advance(to: now)
            #expect(received.allSatisfy { $0.ping.receivedAt <= now })
            pings += received
            truth += stepped.takeTruth()
        }
        #expect(pings == whole.advance(to: end))
        #expect(truth == whole.takeTruth())
    }

    @Test func `going back changes nothing`() {
        var fleet = fleet()
        _ = fleet.advance(to: network.moment(9, 10))
        #expect(fleet.advance(to: network.moment(9, 5)).isEmpty)
    }

    @Test func `pings are received in order and never before they were taken`() {
        var fleet = fleet()
        let pings = fleet.advance(to: network.moment(10)).map(\.ping)
        for (ping, next) in zip(pings, pings.dropFirst()) {
            #expect(ping.receivedAt <= next.receivedAt)
        }
        #expect(pings.allSatisfy { $0.timestamp <= $0.receivedAt })
    }

    @Test func `faults do not change how buses drive`() {
        var good = fleet(faults: .none)
        var bad = fleet(faults: .realistic)
        _ = good.advance(to: network.moment(9, 40))
        _ = bad.advance(to: network.moment(9, 40))
        #expect(good.takeTruth() == bad.takeTruth())
    }

    @Test(arguments: [0, 2, 5, 9, 17, 23]) func `within seconds all buses are seen and move`(
        hour: Int
    ) {
        var fleet = fleet(hour: hour)
        let seen = Set(fleet.advance(to: network.moment(hour) + 30).map(\.ping.vehicleID))
        #expect(seen.count >= 15)
        #expect(fleet.buses.count { $0.speed > 0 } >= 9)
    }

    @Test func `every bus gets about`() {
        var fleet = fleet()
        let before = fleet.buses.map { fleet.coordinate(of: $0) }
        _ = fleet.advance(to: network.moment(9, 10))
        let after = fleet.buses.map { fleet.coordinate(of: $0) }
        for (one, two) in zip(before, after) { #expect(one.distance(to: two) > 20) }
    }

    @Test func `a ping without faults lies where the truth says`() {
        var fleet = fleet(faults: .none)
        let pings = fleet.advance(to: network.moment(10))
        var onTrip = 0
        for ping in pings {
            guard let pattern = ping.truePattern, let distance = ping.trueDistanceAlong else {
                #expect(ping.state == .layover || ping.state == .deadheading)
                continue
            }
            onTrip += 1
            let line = network.patterns[pattern].line
            #expect((0...line.length).contains(distance))
            let point = network.plane.point(ping.ping.coordinate)
            #expect(point.distance(to: line.point(at: distance)) < 0.01)
        }
        #expect(onTrip > pings.count / 2)
    }

    @Test func `a ping tells the trip driven, or between trips the one that follows`() throws {
        var fleet = fleet(faults: .none)
        var waiting: [String: TripIndex] = [:]
        var departures = 0
        for ping in fleet.advance(to: network.moment(10)) {
            let trip = try #require(ping.trueTrip)
            if let pattern = ping.truePattern {
                #expect(network.trips[trip].pattern == pattern)
                guard let next = waiting.removeValue(forKey: ping.ping.vehicleID) else { continue }
                #expect(next == trip)
                departures += 1
            } else {
                waiting[ping.ping.vehicleID] = trip
            }
        }
        #expect(departures > 10)
    }

    @Test func `faults come at about their rates`() {
        var fleet = fleet()
        let pings = fleet.advance(to: network.moment(15))
        let all = Double(pings.count)
        #expect((0.003...0.009).contains(Double(pings.count { $0.isWild }) / all))
        #expect((0.005...0.015).contains(Double(pings.count { $0.isRepeat }) / all))
        let empty = pings.count { $0.ping.directionText?.isEmpty == true }
        #expect((0.03...0.05).contains(Double(empty) / all))
        #expect(pings.contains { $0.ping.speed == nil })
        #expect(pings.contains { $0.ping.receivedAt - $0.ping.timestamp > 30 })
    }

    @Test func `a network without service has no buses`() {
        var town = TestTown()
        _ = town.addRoute("X")
        var fleet = Fleet(
            network: town.network,
            buses: 5,
            seed: 1,
            startingAt: town.network.moment(9)
        )
        #expect(fleet.buses.isEmpty)
        #expect(fleet.advance(to: town.network.moment(9, 1)).isEmpty)
    }

    @Test func `hull numbers count up route by route`() {
        let buses = fleet().buses
        #expect(buses.map(\.vehicleID) == (1...16).map { String($0) })
        #expect(buses.map(\.route.position) == Array(repeating: 0, count: 12) + [1, 1, 1, 1])
    }
}
