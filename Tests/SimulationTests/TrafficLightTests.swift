import Testing
import TransitModel

@testable import Simulation

@Suite struct `Traffic light` {
    @Test func `it is red at the end of each cycle`() {
        let light = TrafficLight(distance: 0, cycle: 90, red: 30, phase: 0)
        #expect(!light.isRed(at: Timestamp(9_000_000)))
        #expect(!light.isRed(at: Timestamp(9_000_059)))
        #expect(light.isRed(at: Timestamp(9_000_060)))
        #expect(light.isRed(at: Timestamp(9_000_089)))
        #expect(!light.isRed(at: Timestamp(9_000_090)))
    }

    @Test func `the mean wait is that of a bus that comes at any time`() {
        let light = TrafficLight(distance: 0, cycle: 100, red: 40, phase: 13)
        let waits = (0..<100).map { second -> Double in
            let arrival = Timestamp(Double(second))
            return (0..<100).map(Double.init).first { !light.isRed(at: arrival + $0) } ?? 100
        }
        #expect(abs(waits.reduce(0, +) / 100 - light.meanWait) < 0.5)
    }

    @Test(arguments: 0..<20) func `lights stand in order and away from stops`(seed: UInt64) {
        let stops = stride(from: 0.0, through: 20_000, by: 400).map { $0 }
        let lights = TrafficLight.scatter(
            from: 0,
            to: 20_000,
            avoiding: stops,
            seed: Seed(seed)
        )
        #expect(lights.count > 5)
        #expect(lights.map(\.distance) == lights.map(\.distance).sorted())
        for light in lights {
            #expect(stops.allSatisfy { abs($0 - light.distance) >= 30 })
            #expect(light.red < light.cycle)
        }
    }
}
