import ETAEngine
import Simulation
import TransitModel

/// Two hours of virtual buses on a street of twelve stops, as one engine saw them and as it was.
struct VirtualStreet {
    let events: [StopEvent]
    private let network: Network
    private let happened: [Key: [TrueStopEvent]]

    private struct Key: Hashable {
        var vehicleID: String
        var pattern: PatternIndex
        var position: Int
    }

    /// Drives with fixes `interval` seconds apart or a little more.
    static func drive(seed: UInt64, every interval: Double) -> VirtualStreet {
        let network = TestStreet.network(stops: 12, spacing: 450)
        let start = network.serviceDay.moment(
            ServiceTime(8 * 3600), on: ServiceDate(dayNumber: 20_780))
        var fleet = Fleet(network: network, buses: 6, seed: seed, startingAt: start)
        var engine = Engine(network: network)
        var last: [String: Timestamp] = [:]
        for ping in fleet.advance(to: start + 7200).map(\.ping) {
            if interval > 10, let last = last[ping.vehicleID], ping.timestamp - last < interval {
                continue
            }
            last[ping.vehicleID] = ping.timestamp
            engine.receive(ping)
        }
        return VirtualStreet(
            events: engine.takeStopEvents(), network: network,
            happened: Dictionary(grouping: fleet.takeTruth()) {
                Key(vehicleID: $0.vehicleID, pattern: $0.pattern, position: $0.position)
            })
    }

    /// What truly happened when a call was observed; nil where no bus called at about that time.
    func truth(of event: StopEvent) -> TrueStopEvent? {
        let key = Key(
            vehicleID: event.vehicleID, pattern: network.trips[event.instance.trip].pattern,
            position: event.position)
        let moment = event.happenedAt ?? Timestamp(0)
        let nearest = happened[key]?.min { abs($0.arrival - moment) < abs($1.arrival - moment) }
        return nearest.flatMap { abs($0.arrival - moment) < 600 ? $0 : nil }
    }
}
