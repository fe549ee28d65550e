import Geometry
import TransitModel

@testable import Simulation

/// Small towns for tests: winding roads with a stop every 400 m, served on headways or a timetable.
struct TestTown {
    private var parts = Network.Parts()

    /// 2026-11-23, a Monday.
    static let monday = ServiceDate(dayNumber: 20_780)
    /// 2026-11-29, a Sunday.
    static let sunday = ServiceDate(dayNumber: 20_786)

    init() {
        parts.plane = LocalPlane(origin: Coordinate(latitude: -0.95, longitude: 100.36))
        parts.agencies = Table([Agency(id: "TP", name: "Town", timeZone: "Asia/Jakarta")])
        let period = (Self.monday - 400)...(Self.monday + 400)
        parts.services = Table([
            Service(id: "work", weekdays: 0b0111111, period: period),
            Service(id: "sunday", weekdays: 0b1000000, period: period),
            Service(id: "never"),
        ])
    }

    /// The network made so far.
    var network: Network {
        guard let network = Network(parts) else { fatalError("no such zone") }
        return network
    }

    /// Adds a route and returns its index; the k-th route starts k kilometres north of the first.
    mutating func addRoute(_ id: String) -> RouteIndex {
        parts.routes.elements.append(
            Route(id: id, shortName: id, sortOrder: parts.routes.count + 1)
        )
        return RouteIndex(parts.routes.count - 1)
    }

    /// Adds a pattern of so many stops, 400 m apart; direction 1 runs back along the same road.
    mutating func addPattern(
        _ route: RouteIndex,
        direction: Int,
        stops: Int,
        north: Double = 0
    ) -> PatternIndex {
        let length = Double(stops - 1) * 400
        var points = stride(from: 0, through: length, by: 50).map { x in
            let bend = ValueNoise(seed: Seed(5), scale: 700).value(at: x) * 150
            return PlanePoint(x: x, y: bend + north + Double(route.position) * 1000)
        }
        if direction == 1 { points.reverse() }
        guard let line = Polyline(points) else { fatalError("no points") }
        let distances = (0..<stops).map { line.length * Double($0) / Double(stops - 1) }
        let first = parts.stops.count
        for (index, distance) in distances.enumerated() {
            parts.stops.elements.append(
                Stop(
                    id: "s\(first + index)",
                    name: "Stop \(first + index)",
                    coordinate: parts.plane.coordinate(line.point(at: distance))
                )
            )
        }
        parts.patterns.elements.append(
            TripPattern(
                route: route,
                direction: direction,
                shape: nil,
                stops: (first..<first + stops).map { StopIndex($0) },
                sequences: (1...stops).map { Int32($0) },
                line: line,
                distances: distances
            )
        )
        return PatternIndex(parts.patterns.count - 1)
    }

    /// Adds a trip at a steady 24 km/h; `frequencies` are hours and a headway in seconds.
    mutating func addTrip(
        _ id: String,
        _ pattern: PatternIndex,
        service: Int = 0,
        start: Int = 6 * 3600,
        headsign: String = "",
        frequencies: [(from: Double, to: Double, headway: Int)] = [],
        isExact: Bool = false
    ) {
        parts.trips.elements.append(
            Trip(
                id: id,
                pattern: pattern,
                service: ServiceIndex(service),
                headsign: headsign,
                firstStopTime: parts.stopTimes.count,
                frequencies: frequencies.map {
                    Frequency(
                        start: ServiceTime(Int($0.from * 3600)),
                        end: ServiceTime(Int($0.to * 3600)),
                        headway: $0.headway,
                        isExact: isExact
                    )
                }
            )
        )
        for position in parts.patterns[pattern].stops.indices {
            let time = ServiceTime(start + position * 60)
            parts.stopTimes.append(StopTime(arrival: time, departure: time))
        }
    }

    /// Two routes on headways, 12 km and 6 km long, every day from 6 to 19.
    static let headways: Network = {
        var town = TestTown()
        for (id, stops, headway) in [("A", 31, 360), ("B", 16, 600)] {
            let route = town.addRoute(id)
            for direction in 0...1 {
                let pattern = town.addPattern(route, direction: direction, stops: stops)
                for service in 0...1 {
                    town.addTrip(
                        "\(id)-\(direction)-\(service)",
                        pattern,
                        service: service,
                        headsign: direction == 0 ? "Timur" : "Barat",
                        frequencies: [(6, 19, headway)]
                    )
                }
            }
        }
        return town.network
    }()

    /// One route on a timetable from 6 to 10, every 15 minutes each way.
    static let timetable: Network = {
        var town = TestTown()
        let route = town.addRoute("T")
        for direction in 0...1 {
            let pattern = town.addPattern(route, direction: direction, stops: 16)
            for quarter in 0...16 {
                town.addTrip(
                    "T-\(direction)-\(quarter)",
                    pattern,
                    start: 6 * 3600 + quarter * 900
                )
            }
        }
        return town.network
    }()

    /// One route that leaves its road on Sundays from 6 to 10.
    static let sundayDetour: Network = {
        var town = TestTown()
        let route = town.addRoute("A")
        for direction in 0...1 {
            let usual = town.addPattern(route, direction: direction, stops: 16)
            let detour = town.addPattern(route, direction: direction, stops: 18, north: 400)
            town.addTrip("work-\(direction)", usual, frequencies: [(6, 19, 300)])
            town.addTrip("late-\(direction)", usual, service: 1, frequencies: [(10, 19, 300)])
            town.addTrip("free-\(direction)", detour, service: 1, frequencies: [(6, 10, 300)])
        }
        return town.network
    }()
}

extension Network {
    /// A moment of a test day.
    func moment(_ hour: Int, _ minute: Int = 0, on date: ServiceDate = TestTown.monday)
        -> Timestamp
    {
        serviceDay.moment(ServiceTime(hour * 3600 + minute * 60), on: date)
    }
}
