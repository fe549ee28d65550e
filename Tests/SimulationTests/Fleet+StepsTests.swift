import Testing
import TransitModel

@testable import Simulation

@Suite struct `Truth of a fleet` {
    /// A trip of one bus.
    private struct Key: Hashable {
        var vehicleID: String
        var trip: TripIndex
        var startTime: ServiceTime
    }

    private func trips(
        _ network: Network,
        buses: Int,
        hours: Int,
        seed: UInt64,
        date: ServiceDate = TestTown.monday,
        from hour: Int = 7
    ) -> [[TrueStopEvent]] {
        var fleet = Fleet(
            network: network,
            buses: buses,
            seed: seed,
            startingAt: network.moment(hour, on: date),
            faults: .none
        )
        _ = fleet.advance(to: network.moment(hour + hours, on: date))
        let events = Dictionary(grouping: fleet.takeTruth()) {
            Key(vehicleID: $0.vehicleID, trip: $0.trip, startTime: $0.startTime)
        }
        return events.values.sorted { $0[0].departure < $1[0].departure }
    }

    @Test(arguments: 0..<5) func `positions and times rise along a trip, and none is left out`(
        seed: UInt64
    ) {
        for events in trips(TestTown.headways, buses: 16, hours: 2, seed: seed) {
            #expect(events.allSatisfy { $0.arrival <= $0.departure })
            for (event, next) in zip(events, events.dropFirst()) {
                #expect(next.position == event.position + 1)
                #expect(event.departure <= next.arrival)
            }
        }
    }

    @Test(arguments: 0..<3) func `running times are near the scheduled ones`(seed: UInt64) {
        let network = TestTown.headways
        let all = trips(network, buses: 16, hours: 4, seed: seed)
        let ratios = all.compactMap { events -> Double? in
            guard let first = events.first, let last = events.last, first.position == 0,
                last.position == network.patterns[last.pattern].lastPosition
            else { return nil }
            return (last.arrival - first.departure) / Double(last.position * 60)
        }
        #expect(ratios.count > 35)
        let mean = ratios.reduce(0, +) / Double(ratios.count)
        #expect((0.8...1.25).contains(mean))
        #expect(Set(ratios).count == ratios.count)
    }

    @Test func `buses rest at their terminals some minutes`() {
        let all = trips(TestTown.headways, buses: 16, hours: 4, seed: 3)
        let rests = all.compactMap { $0.first }.filter { $0.position == 0 }
            .map { $0.departure - $0.arrival }
        #expect(rests.count > 35)
        #expect(rests.allSatisfy { (60...1500).contains($0) })
        let mean = rests.reduce(0, +) / Double(rests.count)
        #expect((150...600).contains(mean))
    }

    @Test func `the start time is when the bus left its first stop`() {
        let network = TestTown.headways
        for events in trips(network, buses: 16, hours: 2, seed: 4) {
            guard let first = events.first, first.position == 0 else { continue }
            let time = network.serviceDay.time(at: first.departure, on: first.serviceDate)
            #expect(first.startTime == time)
        }
    }

    @Test func `only the less busy route passes stops`() {
        let network = TestTown.headways
        let inner = trips(network, buses: 16, hours: 3, seed: 5).joined().filter {
            $0.position > 0 && $0.position < network.patterns[$0.pattern].lastPosition
        }
        let passed = inner.filter { $0.arrival == $0.departure }
        #expect(passed.allSatisfy { network.patterns[$0.pattern].route == RouteIndex(1) })
        let ofSecond = inner.filter { network.patterns[$0.pattern].route == RouteIndex(1) }
        #expect((0.1...0.8).contains(Double(passed.count) / Double(ofSecond.count)))
    }

    @Test func `on Sunday morning buses take the detour, later not`() {
        let network = TestTown.sundayDetour
        let all = trips(
            network,
            buses: 8,
            hours: 5,
            seed: 1,
            date: TestTown.sunday,
            from: 7
        )
        for events in all where events[0].position == 0 {
            let isEarly = events[0].startTime < ServiceTime(10 * 3600)
            #expect(network.trips[events[0].trip].id.hasPrefix(isEarly ? "free" : "late"))
        }
        #expect(all.contains { network.trips[$0[0].trip].id.hasPrefix("late") })
    }

    @Test func `on a timetable no trip is run twice`() {
        let network = TestTown.timetable
        let all = trips(network, buses: 4, hours: 3, seed: 1)
        #expect(Set(all.map { $0[0].trip }).count == all.count)
        #expect(all.count > 15)
    }

    @Test func `a route in one direction is driven round and round`() {
        var town = TestTown()
        let pattern = town.addPattern(town.addRoute("O"), direction: 0, stops: 11)
        town.addTrip("loop", pattern, frequencies: [(6, 19, 300)])
        let all = trips(town.network, buses: 3, hours: 3, seed: 1)
        #expect(all.count > 10)
        #expect(all.allSatisfy { $0[0].pattern == pattern })
    }
}
