import Geometry
import Testing
import TransitModel

@testable import Simulation

@Suite struct `A road` {
    private let network = TestTown.headways

    private func road(duration: Double, seed: UInt64 = 1) -> (Road, Traffic) {
        var traffic = Traffic(network: network, seed: Seed(seed))
        traffic.update(time: 10.5 * 3600, date: TestTown.monday)
        let road = Road(
            pattern: network.patterns[PatternIndex(0)],
            duration: duration,
            secondsAtStop: 10,
            traffic: traffic,
            seed: Seed(seed)
        )
        return (road, traffic)
    }

    @Test(arguments: 0..<10) func `a slower timetable makes a slower road`(seed: UInt64) {
        let (fast, traffic) = road(duration: 1600, seed: seed)
        let (slow, _) = road(duration: 2600, seed: seed)
        for distance in stride(from: 0, to: fast.line.length, by: 300) {
            #expect(
                slow.speed(at: distance, in: traffic) < fast.speed(at: distance, in: traffic)
            )
        }
    }

    @Test func `speeds are those of a bus however absurd the timetable`() {
        for duration in [1.0, 60, 100_000] {
            let (road, traffic) = road(duration: duration)
            for distance in stride(from: -50, to: road.line.length + 50, by: 100) {
                #expect((1...18).contains(road.speed(at: distance, in: traffic)))
            }
        }
    }

    @Test func `speed changes smoothly along the road`() {
        let (road, traffic) = road(duration: 1800)
        for distance in stride(from: 0, to: road.line.length - 2, by: 1) {
            let change =
                road.speed(at: distance + 1, in: traffic) - road.speed(at: distance, in: traffic)
            #expect(abs(change) < 0.8)
        }
    }
}
