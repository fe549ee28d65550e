import Testing
import TransitModel

@testable import Simulation

@Suite struct `Buses by route` {
    @Test func `largest remainders share out the whole number`() {
        #expect(Apportionment.split(77, by: [22, 11, 9, 9, 9, 9]) == [25, 12, 10, 10, 10, 10])
        #expect(Apportionment.split(10, by: [1, 1, 1]) == [4, 3, 3])
        #expect(Apportionment.split(2, by: [1, 5, 1, 5]) == [0, 1, 0, 1])
    }

    @Test func `no buses or no service give none`() {
        #expect(Apportionment.split(0, by: [3, 4]) == [0, 0])
        #expect(Apportionment.split(9, by: [0, 0]) == [0, 0])
        #expect(Apportionment.split(9, by: []) == [])
    }

    @Test(arguments: 0..<50) func `every bus is given out`(seed: UInt64) {
        var random = SeededGenerator(Seed(seed))
        let weights = (0..<12).map { _ in random.uniform(0...9) }
        let shares = Apportionment.split(83, by: weights)
        #expect(shares.reduce(0, +) == 83)
        let total = weights.reduce(0, +)
        for (share, weight) in zip(shares, weights) {
            #expect(abs(Double(share) - 83 * weight / total) < 1)
        }
    }

    @Test func `a headway needs cycle time over headway in whole buses`() {
        var timetable = Timetable(network: TestTown.headways)
        let offers = timetable.day(TestTown.monday).offers
        #expect(Apportionment.need(of: offers[0]) == 12)
        #expect(Apportionment.need(of: offers[1]) == 4)
    }

    @Test func `a timetable needs as many buses as are out at once`() {
        var timetable = Timetable(network: TestTown.timetable)
        let offers = timetable.day(TestTown.monday).offers
        #expect(Apportionment.need(of: offers[0]) == 4)
    }

    @Test func `buses go to routes as in Padang`() {
        var town = TestTown()
        let cycles = [(117, 360), (122, 720), (86, 660), (96, 720), (83, 660), (71, 540)]
        for (index, (minutes, headway)) in cycles.enumerated() {
            let route = town.addRoute("K\(index + 1)")
            for (direction, stops) in [minutes / 2, minutes - minutes / 2].enumerated() {
                let pattern = town.addPattern(route, direction: direction, stops: stops + 1)
                town.addTrip("\(index)-\(direction)", pattern, frequencies: [(6, 19, headway)])
            }
        }
        let fleet = Fleet(
            network: town.network,
            buses: 77,
            seed: 1,
            startingAt: town.network.moment(12)
        )
        let counts = town.network.routes.indices.map { route in
            fleet.buses.count { $0.route == route }
        }
        #expect(counts == [25, 12, 10, 10, 10, 10])
    }
}
