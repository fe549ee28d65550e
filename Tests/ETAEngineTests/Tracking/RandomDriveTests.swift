import Geometry
import Testing
import TransitModel

@testable import ETAEngine

/// Buses that drive about the town at random, with receivers and networks at their worst.
struct RandomDriveTests {
    @Test(arguments: 20..<60)
    func `a run goes backwards or far off its line only where that is counted`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var watcher = Watcher(TestTown.network)
        var reassignments = 0
        /// How far the bus was on each run, and how many changes were counted then.
        var known: [TripInstance: (progress: Progress, reassignments: Int)] = [:]
        var fixesOff = 0
        for ping in Self.pings(&random) {
            watcher.engine.receive(ping)
            let counted = watcher.bus?.reassignments ?? 0
            #expect(counted >= reassignments)
            reassignments = counted
            if let run = watcher.bus?.run, let progress = run.progress {
                if let before = known[run.instance], before.reassignments == counted {
                    #expect(progress.distance >= before.progress.distance)
                    #expect(progress.nextStop >= before.progress.nextStop)
                }
                known[run.instance] = (progress, counted)
            }
            guard let status = watcher.status() else { continue }
            let isOff = status.state == .inService && status.offset ?? 0 > 300
            fixesOff = isOff ? fixesOff + 1 : 0
            // Three far fixes, over a minute, are what it takes to be off route.
            #expect(fixesOff < 8)
        }
        #expect(watcher.engine.counts.matched > 10)
    }

    @Test(arguments: 0..<8)
    func `what is foretold of a run rises from stop to stop`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var engine = Engine(network: TestTown.network)
        for (number, ping) in Self.pings(&random).enumerated() {
            engine.receive(ping)
            guard number % 25 == 0 else { continue }
            for trip in engine.snapshot(at: ping.receivedAt).trips {
                for (stop, next) in zip(trip.stops, trip.stops.dropFirst()) {
                    #expect(stop.arrival <= stop.departure && stop.departure < next.arrival)
                    #expect(stop.position < next.position)
                }
            }
        }
    }

    @Test(arguments: 0..<10, [8.0, 15, 25])
    func `half an hour of jitter at a stand does not turn a bus round`(
        seed: UInt64, noise: Double
    ) throws {
        var ride = Ride(
            TestTown.ways[TestTown.straight].line, from: 3200, at: TestCity.moment(8, 9), seed: seed
        )
        var watcher = Watcher(TestTown.network)
        watcher.see(&ride, to: 4200)
        let name = try #require(watcher.bus?.run?.instance)
        ride.noise = noise
        watcher.see(&ride, standing: 1800)
        #expect(watcher.bus?.run?.instance == name)
        #expect(abs((watcher.progress?.distance ?? 0) - ride.distance) < 60 + 2 * noise)
        ride.noise = 0
        watcher.see(&ride, to: 5000)
        #expect(watcher.bus?.run?.instance == name)
        #expect(watcher.bus?.reassignments == 0)
    }

    /// The pings of a bus that drives line after line.
    static func pings(_ random: inout SeededRandom) -> [Ping] {
        var way = Int.random(in: 0..<TestTown.ways.count, using: &random)
        var ride = Ride(
            TestTown.ways[way].line, at: TestCity.moment(8, Int.random(in: 0..<60, using: &random)),
            seed: random.next())
        ride.noise = random.number(in: 0...30)
        ride.drift = random.number(in: 0...0.9)
        for _ in 0..<2 {
            ride.every = random.number(in: 5...40)
            while ride.distance < ride.line.length - 1 { drive(&ride, &random) }
            ride.stand(random.number(in: 30...400))
            // On along the way back, or around again.
            way = way < 2 ? way : way ^ 1
            ride.line = TestTown.ways[way].line
            ride.distance = 0
        }
        return disordered(ride.pings, &random)
    }

    private static func drive(_ ride: inout Ride, _ random: inout SeededRandom) {
        let chance = random.number(in: 0...1)
        if chance < 0.04 {
            ride.stand(random.number(in: 10...90))
        } else if chance < 0.06 {
            ride.step(seconds: random.number(in: 60...400))
        } else {
            ride.step(speed: random.number(in: 2...12))
        }
    }

    /// The same with some pings that overtake others, and some with exchanged coordinates.
    private static func disordered(_ pings: [Ping], _ random: inout SeededRandom) -> [Ping] {
        var pings = pings
        for index in pings.indices.dropFirst() {
            let chance = random.number(in: 0...1)
            if chance < 0.03 { pings[index].coordinate = pings[index].coordinate.swapped }
            if chance > 0.97 { pings.swapAt(index, index - 1) }
        }
        var last = Timestamp(0)
        for index in pings.indices {
            last = max(last, pings[index].timestamp)
            pings[index].receivedAt = last
        }
        return pings
    }
}
