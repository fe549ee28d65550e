import ETAEngine
import Geometry
import Simulation
import TransitModel

/// Two hours of virtual buses on a street of twelve stops, as one engine saw them and as it was.
struct VirtualStreet {
    private static let stops = 12
    private static let spacing = 450.0

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
        let network = street()
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

    private static func street() -> Network {
        var parts = Network.Parts()
        parts.plane = LocalPlane(origin: Coordinate(latitude: -0.95, longitude: 100.36))
        parts.agencies = Table([Agency(id: "A", name: "A", timeZone: "Asia/Jakarta")])
        let days = ServiceDate(dayNumber: 20_000)...ServiceDate(dayNumber: 22_000)
        parts.services = Table([Service(id: "daily", weekdays: 127, period: days)])
        parts.routes = Table([Route(id: "R", shortName: "R")])
        for direction in 0...1 { add(direction, to: &parts) }
        guard let network = Network(parts) else { preconditionFailure("zone unknown") }
        return network
    }

    private static func add(_ direction: Int, to parts: inout Network.Parts) {
        let last = stops - 1
        let points = (0..<stops).map {
            PlanePoint(x: Double(direction == 0 ? $0 : last - $0) * spacing, y: 0)
        }
        guard let line = Polyline(points) else { return }
        let first = parts.stops.count
        parts.stops.elements += points.indices.map {
            Stop(
                id: "\(first + $0)", name: "\(first + $0)",
                coordinate: parts.plane.coordinate(points[$0]))
        }
        parts.patterns.elements.append(
            TripPattern(
                route: RouteIndex(0), direction: direction, shape: nil,
                stops: points.indices.map { StopIndex(first + $0) },
                sequences: (1...stops).map { Int32($0) }, line: line, distances: line.distances))
        let hours = ServiceTime(6 * 3600)..<ServiceTime(19 * 3600)
        parts.trips.elements.append(
            Trip(
                id: "R-\(direction)", pattern: PatternIndex(direction), service: ServiceIndex(0),
                headsign: "", firstStopTime: parts.stopTimes.count,
                frequencies: [
                    Frequency(
                        start: hours.lowerBound, end: hours.upperBound, headway: 600,
                        isExact: false)
                ]))
        parts.stopTimes += (0..<stops).map {
            let time = ServiceTime(6 * 3600 + $0 * 75)
            return StopTime(arrival: time, departure: time)
        }
    }
}
