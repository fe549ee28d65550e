import Testing
import TransitModel

@testable import Simulation

@Suite struct `The riders` {
    private let run = Run(
        trip: TripIndex(0),
        pattern: PatternIndex(0),
        serviceDate: TestTown.monday,
        departure: Timestamp(0),
        direction: 0,
        duration: 1800
    )

    private func waiting(after gap: Double, hour: Double) -> Int {
        var ridership = Ridership(seed: Seed(1))
        var sum = 0
        for stop in (0..<300).map({ StopIndex($0) }) {
            for moment in [Timestamp(1e6), Timestamp(1e6 + gap)] {
                let count = ridership.waiting(
                    at: stop,
                    for: run,
                    on: RouteIndex(0),
                    time: hour * 3600,
                    now: moment
                )
                if moment.seconds > 1e6 { sum += count }
            }
        }
        return sum
    }

    @Test func `the longer the gap the more wait`() {
        #expect(waiting(after: 900, hour: 10) > 2 * waiting(after: 300, hour: 10))
        #expect(waiting(after: 1, hour: 10) < 10)
    }

    @Test func `more come at the peak`() {
        #expect(waiting(after: 600, hour: 7) > 2 * waiting(after: 600, hour: 10))
    }

    @Test func `more riders keep the doors open longer`() {
        var random = SeededGenerator(Seed(1))
        let means = [0, 10].map { riders in
            (0..<500).reduce(0.0) { sum, _ in
                sum + Ridership.dwell(boarding: riders, alighting: 0, random: &random)
            } / 500
        }
        #expect((3...7).contains(means[0]))
        #expect((22...36).contains(means[1]))
    }

    @Test func `everybody leaves at the last stop and nobody who is not on board`() {
        var random = SeededGenerator(Seed(1))
        #expect(Ridership.alighting(of: 17, stopsLeft: 0, random: &random) == 17)
        #expect(Ridership.alighting(of: 0, stopsLeft: 5, random: &random) == 0)
        for left in 1...30 {
            let count = Ridership.alighting(of: 12, stopsLeft: left, random: &random)
            #expect((0...12).contains(count))
        }
    }
}
