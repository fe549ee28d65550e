import Geometry
import TransitModel

@testable import ETAEngine

/// A town to be drawn for a test: lines with stops, and trips on them.
struct TownPlan {
    struct Way {
        var route: String
        var direction: Int
        var line: Polyline
        /// Metres along the line.
        var stops: [Double]

        /// A way through places, with a stop every 400 m.
        init(_ route: String, _ direction: Int, _ places: [(x: Double, y: Double)]) {
            self.route = route
            self.direction = direction
            guard let line = Polyline(places) else { preconditionFailure("goes nowhere") }
            self.line = line
            stops = Array(stride(from: 0, through: line.length, by: 400))
        }
    }

    struct Departure {
        var id: String
        var way: Int
        /// Seconds of the service day.
        var leaving: Int
        /// Metres a second.
        var speed = TownPlan.speed
        var block: String?
        var service = 0
        var frequencies: [Frequency] = []
    }

    /// 24 km/h.
    static let speed = 20.0 / 3

    static let daily = Service(
        id: "daily", weekdays: 0x7F,
        period: ServiceDate(dayNumber: 20_000)...ServiceDate(dayNumber: 22_000))

    var ways: [Way]
    var departures: [Departure]
    var services = [Self.daily]

    /// The town as drawn; patterns are the ways.
    var network: Network {
        var parts = Network.Parts()
        // The plane of the test city, so that its places are places here too.
        parts.plane = TestCity.network.plane
        parts.agencies = TestCity.network.agencies
        parts.services = Table(services)
        for way in ways { add(way, to: &parts) }
        for departure in departures { add(departure, to: &parts) }
        guard let network = Network(parts) else { preconditionFailure("zone unknown") }
        return network
    }

    private func add(_ way: Way, to parts: inout Network.Parts) {
        let known = parts.routes.elements.firstIndex { $0.id == way.route }
        if known == nil {
            parts.routes.elements.append(
                Route(id: way.route, agency: AgencyIndex(0), shortName: way.route))
        }
        let stops = way.stops.map { distance in
            let place = way.line.point(at: distance)
            let heading = Int(way.line.bearing(at: distance).rounded())
            // The two kerbs of a place are two stops, those of two routes are one.
            let id = "\(Int(place.x.rounded())) \(Int(place.y.rounded())) \(heading)"
            if let known = parts.stops.elements.firstIndex(where: { $0.id == id }) {
                return StopIndex(known)
            }
            parts.stops.elements.append(
                Stop(id: id, name: id, coordinate: parts.plane.coordinate(place)))
            return StopIndex(parts.stops.count - 1)
        }
        parts.patterns.elements.append(
            TripPattern(
                route: RouteIndex(known ?? parts.routes.count - 1), direction: way.direction,
                shape: nil, stops: stops, sequences: stops.indices.map { Int32($0 + 1) },
                line: way.line, distances: way.stops))
    }

    private func add(_ departure: Departure, to parts: inout Network.Parts) {
        let first = parts.stopTimes.count
        for metres in ways[departure.way].stops {
            let time = ServiceTime(departure.leaving + Int(metres / departure.speed))
            parts.stopTimes.append(StopTime(arrival: time, departure: time))
        }
        parts.trips.elements.append(
            Trip(
                id: departure.id, pattern: PatternIndex(departure.way),
                service: ServiceIndex(departure.service), block: departure.block,
                firstStopTime: first, frequencies: departure.frequencies))
    }
}

/// A town with everything that is hard to follow: a loop, a lollipop, and two routes that share a
/// street for 3 km and then part.
enum TestTown {
    static let loop = 0
    static let lollipop = 1
    /// Straight on.
    static let straight = 2
    static let straightBack = 3
    /// Leaves the street of `straight` for the north.
    static let turning = 4
    static let turningBack = 5

    static let ways = [
        TownPlan.Way("O", 0, [(0, 0), (1200, 0), (1200, 800), (0, 800), (0, 0)]),
        TownPlan.Way(
            "Y", 0,
            [
                (5000, 0), (7000, 0), (7000, 600), (8000, 600), (8000, 0), (7000, 0), (5000, 0),
            ]),
        TownPlan.Way("A", 0, [(0, 5000), (3000, 5000), (6000, 5000)]),
        TownPlan.Way("A", 1, [(6000, 5000), (3000, 5000), (0, 5000)]),
        TownPlan.Way("B", 0, [(0, 5000), (3000, 5000), (3000, 8000)]),
        TownPlan.Way("B", 1, [(3000, 8000), (3000, 5000), (0, 5000)]),
    ]

    static let network = TownPlan(ways: ways, departures: departures).network
    static let lines = LineSet(network: network, reach: TripMatcher.reach)

    /// Metres of the street that routes A and B share.
    static let shared = 3000.0

    /// A headway on loop and lollipop; on the street a departure every quarter of an hour, of A and
    /// of B in turn, and of both back 20 minutes later.
    private static var departures: [TownPlan.Departure] {
        let hours = ServiceTime(6 * 3600)..<ServiceTime(22 * 3600)
        let headway = Frequency(
            start: hours.lowerBound, end: hours.upperBound, headway: 900, isExact: false)
        var departures = [loop, lollipop].map {
            TownPlan.Departure(id: ways[$0].route, way: $0, leaving: 21_600, frequencies: [headway])
        }
        for half in 12..<44 {
            let leaving = half * 1800
            for (id, way, delay) in [
                ("A", straight, 0), ("A back", straightBack, 1200), ("B", turning, 900),
                ("B back", turningBack, 2100),
            ] {
                departures.append(
                    TownPlan.Departure(
                        id: "\(id) \(ServiceTime(leaving + delay).text)", way: way,
                        leaving: leaving + delay))
            }
        }
        return departures
    }
}
