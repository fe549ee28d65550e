import ETAEngine
import Simulation
import Testing
import TransitModel

@testable import Evaluation

struct DisorderCheckTests {
    private static let day = VirtualDay()
    private static let check = DisorderCheck(network: day.network, pings: day.pings)

    @Test func `a day of a thousand disorders ends as the day in order does`() {
        var late = 0
        for seed in 0..<1000 as Range<UInt64> {
            let finding = Self.check.run(seed: seed)
            #expect(finding.isSound, "\(finding)")
            late += finding.late
        }
        #expect(late > 100_000)
    }

    @Test func `the day has what makes order matter`() {
        var engine = Self.check.inOrder
        let counts = engine.counts
        #expect(counts.received > 200)
        #expect(counts.matched > counts.accepted / 2)
        #expect(engine.takeStopEvents().count > 50)
        #expect(!engine.experience().isEmpty)
        #expect(counts.rejected[.jump, default: 0] > 0)
        #expect(counts.rejected[.nowhere, default: 0] > 0)
        #expect(counts.doubted[.swapped, default: 0] > 0)
    }

    @Test func `an engine that never lives through the past again ends elsewhere`() {
        var live = Engine(network: Self.day.network)
        for ping in Disorder().deliver(Self.check.pings, seed: 1) { live.receive(ping) }
        let parts = live.differences(from: Self.check.inOrder)
        #expect(parts.contains(.vehicles) && parts.contains(.links) && parts.contains(.stopEvents))
    }

    @Test func `a way without disorder asks for nothing`() {
        var way = Disorder()
        way.promptShare = 1
        way.doubledShare = 0
        let check = DisorderCheck(network: Self.day.network, pings: Self.day.pings, disorder: way)
        let finding = check.run(seed: 3)
        #expect(finding.isSound && finding.late == 0 && finding.corrections == 0)
        #expect(finding.arrivals == check.pings.count)
    }
}

/// An hour and a half of virtual buses on a street of eight stops, thinned out to be quick.
private struct VirtualDay {
    let network: Network
    let pings: [Ping]

    init() {
        network = TestStreet.network(stops: 8, spacing: 500)
        let start = network.serviceDay.moment(
            ServiceTime(8 * 3600), on: ServiceDate(dayNumber: 20_780))
        var faults = FleetFaults.realistic
        faults.wildShare = 0.04
        faults.swappedShare = 0.03
        var fleet = Fleet(network: network, buses: 2, seed: 11, startingAt: start, faults: faults)
        let all = fleet.advance(to: start + 5400).map(\.ping)
        pings = stride(from: 0, to: all.count, by: 5).map { all[$0] }
    }
}
