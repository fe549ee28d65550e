import Geometry
import TransitModel

/// One street with a bus every ten minutes in both directions, 75 seconds from stop to stop.
enum TestStreet {
    /// So many stops, so many metres apart.
    static func network(stops: Int, spacing: Double) -> Network {
        var parts = Network.Parts()
        parts.plane = LocalPlane(origin: Coordinate(latitude: -0.95, longitude: 100.36))
        parts.agencies = Table([Agency(id: "A", name: "A", timeZone: "Asia/Jakarta")])
        let days = ServiceDate(dayNumber: 20_000)...ServiceDate(dayNumber: 22_000)
        parts.services = Table([Service(id: "daily", weekdays: 127, period: days)])
        parts.routes = Table([Route(id: "R", shortName: "R")])
        for direction in 0...1 {
            add(direction, stops: stops, spacing: spacing, to: &parts)
        }
        guard let network = Network(parts) else { preconditionFailure("zone unknown") }
        return network
    }

    private static func add(
        _ direction: Int, stops: Int, spacing: Double, to parts: inout Network.Parts
    ) {
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
