import Testing
import TransitModel

@testable import Simulation

@Suite struct `A driven second` {
    private let network = TestTown.headways
    private var city: City
    private let road: Road

    init() {
        city = City(network: network, busiest: nil, seed: Seed(1))
        city.update(time: 11 * 3600, date: TestTown.monday)
        road = city.road(of: PatternIndex(0))
    }

    private func bus(seed: UInt64 = 1) -> VirtualBus {
        let run = Run(
            trip: TripIndex(0),
            pattern: PatternIndex(0),
            serviceDate: TestTown.monday,
            departure: Timestamp(0),
            direction: 0,
            duration: 1800
        )
        return VirtualBus(
            vehicleID: "1",
            route: RouteIndex(0),
            run: run,
            directionText: "",
            seed: Seed(seed)
        )
    }

    @Test(arguments: 0..<10) func `a bus never goes back and never brakes or starts hard`(
        seed: UInt64
    ) {
        var bus = bus(seed: seed)
        var speed = 0.0
        for second in 1...900 where bus.distanceToStop(on: road) > 0 {
            let made = bus.drive(on: road, in: city.traffic, until: Timestamp(Double(second)))
            #expect(made >= 0)
            #expect(bus.speed - speed <= 1.01)
            #expect(speed - bus.speed <= 2.21)
            speed = bus.speed
        }
        #expect(bus.distanceAlong > 300)
    }

    @Test(arguments: 0..<10) func `a bus comes to a stand right at a stop that it serves`(
        seed: UInt64
    ) {
        var bus = bus(seed: seed)
        bus.nextCall = VirtualBus.Call(boarding: 1, alighting: 0, isSkipped: false)
        var last = 0.0
        for second in 1...900 where bus.distanceToStop(on: road) > 0 {
            last = bus.speed
            _ = bus.drive(on: road, in: city.traffic, until: Timestamp(Double(second)))
        }
        #expect(bus.distanceAlong == road.stops[1])
        #expect(bus.speed == 0)
        #expect(last < 3.5)
    }

    @Test func `a bus waits at red and goes at green`() throws {
        let light = try #require(road.lights.first)
        let red = try #require(
            (0..<300).map { Timestamp(Double($0)) }.first {
                light.isRed(at: $0) && light.isRed(at: $0 + light.red - 1)
            }
        )
        var bus = bus()
        bus.nextStop = 5
        bus.distanceAlong = light.distance - 15
        var moment = red
        while light.isRed(at: moment) {
            _ = bus.drive(on: road, in: city.traffic, until: moment)
            #expect(bus.distanceAlong < light.distance)
            moment = moment + 1
        }
        #expect(bus.speed < 0.5)
        for _ in 0..<15 {
            _ = bus.drive(on: road, in: city.traffic, until: moment)
            moment = moment + 1
        }
        #expect(bus.distanceAlong > light.distance)
    }
}
