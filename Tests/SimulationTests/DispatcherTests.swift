import Testing
import TransitModel

@testable import Simulation

@Suite struct `The dispatcher` {
    private func dispatcher(_ network: Network, buses: Int) -> Dispatcher {
        Dispatcher(network: network, buses: buses, date: TestTown.monday, seed: Seed(1))
    }

    @Test func `the buses of a route are spread over both directions`() {
        let network = TestTown.headways
        var dispatcher = dispatcher(network, buses: 16)
        let runs = dispatcher.runsUnderWay(on: RouteIndex(0), at: network.moment(9))
        #expect(runs.count == 12)
        #expect(runs.count { $0.run.direction == 0 } == 6)
        for (run, elapsed) in runs {
            #expect(elapsed >= 0 && elapsed < run.duration)
        }
    }

    @Test func `buses that come together leave apart`() {
        let network = TestTown.headways
        var dispatcher = dispatcher(network, buses: 16)
        let now = network.moment(9)
        let last = dispatcher.runsUnderWay(on: RouteIndex(0), at: now)[0].run
        let departures = (0..<3).map { _ in
            dispatcher.next(after: last, on: RouteIndex(0), arrival: now).departure
        }
        #expect(departures[0] >= now + 60)
        #expect(departures[1] - departures[0] > 150)
        #expect(departures[2] - departures[1] > 60)
    }

    @Test func `the next run takes the other direction`() {
        let network = TestTown.headways
        var dispatcher = dispatcher(network, buses: 16)
        var run = dispatcher.runsUnderWay(on: RouteIndex(0), at: network.moment(9))[0].run
        for _ in 0..<4 {
            let next = dispatcher.next(
                after: run,
                on: RouteIndex(0),
                arrival: run.departure + run.duration
            )
            #expect(next.direction == 1 - run.direction)
            #expect(network.patterns[next.pattern].direction == next.direction)
            run = next
        }
    }

    @Test func `a timetabled departure is given out once and not left early`() {
        let network = TestTown.timetable
        var dispatcher = dispatcher(network, buses: 4)
        let last = dispatcher.runsUnderWay(on: RouteIndex(0), at: network.moment(7))[0].run
        let runs = (0..<2).map { _ in
            dispatcher.next(after: last, on: RouteIndex(0), arrival: network.moment(7, 50))
        }
        #expect(runs[0].trip != runs[1].trip)
        for run in runs {
            let scheduled = network.serviceDay.moment(
                network.departure(of: run.trip),
                on: run.serviceDate
            )
            #expect(run.departure >= scheduled)
        }
    }

    @Test func `exact headways leave on their minute`() {
        var town = TestTown()
        let route = town.addRoute("E")
        let pattern = town.addPattern(route, direction: 0, stops: 16)
        town.addTrip("exact", pattern, frequencies: [(6, 19, 600)], isExact: true)
        let network = town.network
        var dispatcher = dispatcher(network, buses: 2)
        let last = dispatcher.runsUnderWay(on: route, at: network.moment(9))[0].run
        let next = dispatcher.next(after: last, on: route, arrival: network.moment(9, 13))
        let time = network.serviceDay.time(at: next.departure, on: next.serviceDate)
        #expect(time.seconds % 600 == 0)
    }

    @Test func `at night the day is stretched to its nearest end`() {
        let network = TestTown.headways
        var dispatcher = dispatcher(network, buses: 4)
        func stretched(_ hour: Int) -> Double {
            dispatcher.stretchedTime(at: network.moment(hour), on: TestTown.monday)
        }
        #expect(stretched(12) == 12 * 3600)
        #expect(stretched(4) == 6 * 3600)
        #expect(stretched(22) == 19 * 3600)
        #expect(stretched(0) == 19 * 3600)
    }
}
