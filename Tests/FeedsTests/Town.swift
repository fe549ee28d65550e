import ETAEngine
import Geometry
import TransitModel

/// A town of six stops in a row, 500 m apart, with a headway trip and a few timetabled ones.
enum Town {
    static let date = ServiceDate(dayNumber: 20_778)  // 2026-11-21
    static let alongLine: [Double] = [0, 500, 1000, 1500, 2000, 2500]

    static let network: Network = network { _ in }

    /// The town with something changed.
    static func network(_ change: (inout Network.Parts) -> Void) -> Network {
        var parts = parts()
        change(&parts)
        guard let network = Network(parts) else { preconditionFailure("no such time zone") }
        return network
    }

    /// The moment at which clocks in town show `HH:MM:SS` on ``date``.
    static func moment(_ clock: String) -> Timestamp {
        network.serviceDay.moment(time(clock), on: date)
    }

    static func time(_ clock: String) -> ServiceTime {
        ServiceTime(text: clock) ?? ServiceTime(0)
    }

    static func trip(_ id: String, in network: Network = network) -> TripIndex {
        network.trip(id: id) ?? TripIndex(0)
    }

    static func stop(_ id: String, in network: Network = network) -> StopIndex {
        network.stop(id: id) ?? StopIndex(0)
    }

    /// A run; trips with frequencies need a start.
    static func run(_ tripID: String, start: String? = nil) -> TripInstance {
        TripInstance(trip: trip(tripID), serviceDate: date, startTime: start.map(time))
    }

    private static func parts() -> Network.Parts {
        var parts = Network.Parts()
        parts.version = "town-1"
        parts.plane = LocalPlane(origin: Coordinate(latitude: -0.95, longitude: 100.36))
        parts.agencies = Table([Agency(id: "psm", name: "Town Bus", timeZone: "Asia/Jakarta")])
        parts.services = Table([Service(id: "daily", weekdays: 127)])
        parts.routes = Table([
            Route(
                id: "K1", agency: AgencyIndex(0), shortName: "K1", longName: "West – East",
                color: "1165A5", textColor: "FFFFFF", sortOrder: 2),
            Route(id: "K2", agency: AgencyIndex(0), shortName: "", longName: "East", sortOrder: 1),
        ])
        parts.stops = Table(
            alongLine.enumerated().map { number, x in
                Stop(
                    id: "S\(number + 1)", name: "Halte \(number + 1)",
                    coordinate: parts.plane.coordinate(PlanePoint(x: x, y: 0)))
            }
        )
        parts.patterns = Table([pattern(0, direction: 0), pattern(1, direction: 1)])
        parts.trips = Table([
            Trip(
                id: "H", pattern: PatternIndex(0), service: ServiceIndex(0), headsign: "Timur",
                firstStopTime: 0, frequencies: [frequency(isExact: false)]),
            Trip(
                id: "T1", pattern: PatternIndex(0), service: ServiceIndex(0), headsign: "Timur",
                block: "B", firstStopTime: 6),
            Trip(
                id: "T2", pattern: PatternIndex(1), service: ServiceIndex(0), block: "B",
                firstStopTime: 12),
            Trip(id: "T3", pattern: PatternIndex(1), service: ServiceIndex(0), firstStopTime: 18),
            Trip(
                id: "X", pattern: PatternIndex(0), service: ServiceIndex(0), firstStopTime: 24,
                frequencies: [frequency(isExact: true)]),
        ])
        parts.stopTimes = ["08:00:00", "08:00:00", "08:30:00", "09:00:00", "06:00:00"].flatMap {
            stopTimes(from: $0)
        }
        return parts
    }

    private static func pattern(_ route: Int, direction: Int) -> TripPattern {
        let stops = direction == 0 ? Array(0..<6) : (0..<6).reversed()
        let points = (direction == 0 ? alongLine : alongLine.reversed())
            .map { PlanePoint(x: $0, y: 0) }
        guard let line = Polyline(points) else { preconditionFailure("no points") }
        return TripPattern(
            route: RouteIndex(route), direction: direction, shape: nil,
            stops: stops.map { StopIndex($0) }, sequences: [1, 2, 3, 5, 7, 9], line: line,
            distances: alongLine)
    }

    private static func frequency(isExact: Bool) -> Frequency {
        Frequency(start: time("06:00:00"), end: time("20:00:00"), headway: 600, isExact: isExact)
    }

    /// Two minutes from stop to stop; the second and third share their minute.
    private static func stopTimes(from first: String) -> [StopTime] {
        [0, 120, 120, 360, 480, 600].map { seconds in
            let time = ServiceTime(Int(time(first).seconds) + seconds)
            return StopTime(arrival: time, departure: time)
        }
    }
}
