import Geometry
import Testing
import TransitModel

@testable import Simulation

@Suite struct `A tracker` {
    private let plane = LocalPlane(origin: Coordinate(latitude: -0.95, longitude: 100.36))

    private func sighting(_ reception: Reception = .open) -> Sighting {
        Sighting(
            vehicleID: "7",
            routeID: "K1",
            directionText: "Timur",
            point: PlanePoint(x: 500, y: 500),
            speed: 8,
            bearing: 90,
            reception: reception,
            state: .driving,
            distanceAlong: 500,
            pattern: PatternIndex(0)
        )
    }

    /// Lets a standing bus report for some hours.
    private func pings(
        faults: FleetFaults,
        hours: Double,
        seed: UInt64 = 1,
        reception: (Double) -> Reception = { _ in .open }
    ) -> [SimulatedPing] {
        var tracker = Tracker(faults: faults, start: Timestamp(0), seed: Seed(seed))
        return stride(from: 1.0, through: hours * 3600, by: 1).compactMap { second in
            let now = Timestamp(second)
            guard tracker.isDue(at: now) else { return nil }
            return tracker.report(sighting(reception(second)), at: now, on: plane)
        }
    }

    @Test(arguments: 0..<20) func `a report comes every 5 to 15 seconds`(seed: UInt64) {
        let times = pings(faults: .none, hours: 1, seed: seed).map(\.ping.timestamp.seconds)
        let intervals = zip(times, times.dropFirst()).map { $1 - $0 }
        #expect(times[0] <= 4)
        #expect(intervals.allSatisfy { (3...17).contains($0) })
        #expect(Set(intervals).count > 1)
    }

    @Test func `without faults a ping is exact and at once`() throws {
        for ping in pings(faults: .none, hours: 0.5) {
            let point = plane.point(ping.ping.coordinate)
            #expect(point.distance(to: PlanePoint(x: 500, y: 500)) < 1e-6)
            #expect(ping.ping.receivedAt == ping.ping.timestamp)
            #expect(try #require(ping.ping.speed) == 8)
            #expect(try #require(ping.ping.bearing) == 90)
            #expect(ping.ping.tripID == nil && ping.ping.directionID == nil)
            #expect(ping.ping.routeID == "K1" && ping.ping.directionText == "Timur")
        }
    }

    @Test func `wild fixes come at their rate, and are flagged`() {
        var faults = FleetFaults.none
        faults.wildShare = 0.05
        let all = pings(faults: faults, hours: 15)
        let wild = all.filter(\.isWild)
        #expect((0.03...0.07).contains(Double(wild.count) / Double(all.count)))
        #expect(wild.contains { !$0.ping.coordinate.isPlausible })
        for ping in wild where ping.ping.coordinate.isPlausible {
            let distance = plane.point(ping.ping.coordinate)
                .distance(to: PlanePoint(x: 500, y: 500))
            #expect((699...1501).contains(distance))
        }
    }

    @Test func `an exchanged fix becomes right when exchanged again`() {
        var faults = FleetFaults.none
        faults.swappedShare = 1
        for ping in pings(faults: faults, hours: 0.1) {
            #expect(ping.isWild)
            let point = plane.point(ping.ping.coordinate.swapped)
            #expect(point.distance(to: PlanePoint(x: 500, y: 500)) < 1e-6)
        }
    }

    @Test func `repeats carry an old time`() {
        var faults = FleetFaults.none
        faults.repeatShare = 0.1
        let all = pings(faults: faults, hours: 10)
        let repeats = all.filter(\.isRepeat)
        #expect((0.07...0.13).contains(Double(repeats.count) / Double(all.count)))
        #expect(repeats.allSatisfy { $0.ping.timestamp < $0.ping.receivedAt })
        #expect(Set(all.map(\.ping.timestamp)).count == all.count - repeats.count)
    }

    @Test func `walls make fixes worse`() {
        func error(_ reception: Reception) -> Double {
            let all = pings(faults: .realistic, hours: 5, reception: { _ in reception })
                .filter { !$0.isWild }
            return all.reduce(0.0) {
                $0 + plane.point($1.ping.coordinate).distance(to: PlanePoint(x: 500, y: 500))
            } / Double(all.count)
        }
        #expect((7...14).contains(error(.open)))
        #expect((22...45).contains(error(.canyon)))
    }

    @Test(arguments: [0.0, 1]) func `a dead zone loses fixes or sends them late`(share: Double) {
        var faults = FleetFaults.none
        faults.deadZoneShare = 1
        faults.bufferedShare = share
        let all = pings(faults: faults, hours: 0.2) { (300...310).contains($0) ? .silent : .open }
        let late = all.filter { $0.ping.receivedAt - $0.ping.timestamp > 5 }
        let times = all.map(\.ping.timestamp.seconds)
        let longest = zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? 0
        #expect(late.isEmpty == (share == 0))
        #expect((longest > 30) == (share == 0))
        #expect(longest < 150)
    }

    @Test func `latency keeps to its range`() {
        var faults = FleetFaults.realistic
        faults.gapsPerHour = 0
        faults.repeatShare = 0
        for seed in 0..<10 {
            for ping in pings(faults: faults, hours: 1, seed: UInt64(seed)) {
                #expect((0.5...8).contains(ping.ping.receivedAt - ping.ping.timestamp))
            }
        }
    }
}
