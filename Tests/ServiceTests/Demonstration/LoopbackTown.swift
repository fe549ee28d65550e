import Geometry
import TransitModel

/// Three routes in Padang's box, each there and back along 6 km with a stop every 500 m.
enum LoopbackTown {
    /// 2026-11-23 09:00 in Padang, a Monday.
    static let nine = Timestamp(unix: 1_795_399_200)

    static let network: Network = {
        var parts = Network.Parts()
        parts.plane = LocalPlane(origin: Coordinate(latitude: -0.95, longitude: 100.36))
        parts.agencies = Table([Agency(id: "TP", name: "Town", timeZone: "Asia/Jakarta")])
        parts.services = Table([
            Service(
                id: "daily",
                weekdays: 0b1111111,
                period: ServiceDate(dayNumber: 20_000)...ServiceDate(dayNumber: 22_000)
            )
        ])
        for route in ["K2", "K1", "K6"] { add(route, to: &parts) }
        guard let network = Network(parts) else { fatalError("the zone is unknown") }
        return network
    }()

    private static func add(_ id: String, to parts: inout Network.Parts) {
        let route = RouteIndex(parts.routes.count)
        parts.routes.elements.append(Route(id: id, shortName: id))
        for direction in 0...1 {
            let distances = (0...12).map { Double($0) * 500 }
            let north = Double(route.position) * 1500
            let points = (direction == 0 ? distances : distances.reversed())
                .map { PlanePoint(x: $0, y: north) }
            guard let line = Polyline(points) else { fatalError("no line") }
            let firstStop = parts.stops.count
            parts.stops.elements += points.enumerated().map { position, point in
                Stop(
                    id: "\(id)-\(direction)-\(position)",
                    name: "Halte \(position)",
                    coordinate: parts.plane.coordinate(point)
                )
            }
            parts.patterns.elements.append(
                TripPattern(
                    route: route,
                    direction: direction,
                    shape: nil,
                    stops: (firstStop...firstStop + 12).map { StopIndex($0) },
                    sequences: (1...13).map { Int32($0) },
                    line: line,
                    distances: distances
                )
            )
            parts.trips.elements.append(
                Trip(
                    id: "\(id)-\(direction)",
                    pattern: PatternIndex(parts.patterns.count - 1),
                    service: ServiceIndex(0),
                    headsign: direction == 0 ? "Timur" : "Barat",
                    firstStopTime: parts.stopTimes.count,
                    frequencies: [
                        Frequency(
                            start: ServiceTime(6 * 3600),
                            end: ServiceTime(19 * 3600),
                            headway: 400,
                            isExact: false
                        )
                    ]
                )
            )
            parts.stopTimes += (0...12).map {
                StopTime(
                    arrival: ServiceTime(6 * 3600 + $0 * 80),
                    departure: ServiceTime(6 * 3600 + $0 * 80)
                )
            }
        }
    }
}
