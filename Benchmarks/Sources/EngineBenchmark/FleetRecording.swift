import Simulation
import TransitModel

/// What fleets on a network report, in order of receipt.
///
/// More buses than one fleet has are several fleets side by side, each with a seed of its own:
/// crowding one fleet would make its buses wait for each other.
struct FleetRecording {
    /// Monday 23 November 2026, 06:00 in Padang, when service begins.
    static let start = Timestamp(unix: 1_795_388_400)
    static let fleetSize = 77

    let buses: Int
    let pings: [Ping]

    init(of network: Network, buses: Int, minutes: Int, seed: UInt64) {
        self.buses = buses
        let fleets = max(1, Int((Double(buses) / Double(Self.fleetSize)).rounded()))
        var pings: [Ping] = []
        for fleet in 0..<fleets {
            let size = buses * (fleet + 1) / fleets - buses * fleet / fleets
            var driven = Fleet(
                network: network, buses: size, seed: seed &+ UInt64(fleet), startingAt: Self.start)
            for minute in 1...minutes {
                for report in driven.advance(to: Self.start + Double(minute) * 60) {
                    var ping = report.ping
                    ping.vehicleID = "\(fleet + 1)-\(ping.vehicleID)"
                    pings.append(ping)
                }
                _ = driven.takeTruth()
            }
        }
        self.pings = pings.sorted { $0.receivedAt < $1.receivedAt }
    }
}
