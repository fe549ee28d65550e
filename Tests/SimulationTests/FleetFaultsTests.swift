import Testing

@testable import Simulation

@Suite struct `Fleet faults` {
    @Test func `plain faults are the realistic ones`() {
        #expect(FleetFaults() == .realistic)
        #expect(FleetFaults.none != .realistic)
    }

    @Test func `shares are shares`() {
        let faults = FleetFaults.realistic
        let shares = [
            faults.deadZoneShare, faults.bufferedShare, faults.wildShare, faults.swappedShare,
            faults.repeatShare, faults.emptyDirectionShare, faults.speedlessShare,
        ]
        #expect(shares.allSatisfy { (0...1).contains($0) })
    }
}
