import Geometry
import TransitModel

@testable import ETAEngine

/// A city for tests: one street of 6 km from west to east with a stop every 600 m, served both ways
/// by route R on a headway, and by timetabled trips of route T eastward.
enum TestCity {
    static let stopSpacing = 600.0
    static let stopCount = 11
    /// Seconds between stops in the timetable: 24 km/h.
    static let linkSeconds = 90

    static let network: Network = make()

    static func pattern(_ route: String, _ direction: Int) -> PatternIndex {
        network.patterns.indices.first {
            network.routes[network.patterns[$0].route].id == route
                && network.patterns[$0].direction == direction
        } ?? PatternIndex(0)
    }

    /// A moment on Saturday 2026-11-21, Jakarta time.
    static func moment(_ hour: Int, _ minute: Int = 0, _ second: Int = 0) -> Timestamp {
        let date = ServiceDate(text: "20261121") ?? ServiceDate(dayNumber: 0)
        return network.serviceDay.moment(
            ServiceTime(hour * 3600 + minute * 60 + second), on: date)
    }

    /// The coordinate a distance along the street, and metres north of it.
    static func place(_ metres: Double, north: Double = 0) -> Coordinate {
        network.plane.coordinate(PlanePoint(x: metres, y: north))
    }

    /// The same city where route R's headway is a promise: buses leave every ten minutes sharp.
    static let exactNetwork: Network = make(isExact: true)

    /// The same city after its office has given every stop and every route the id of another
    /// and every trip a new one.
    static let renumbered: Network = make(isRenumbered: true)

    /// The same city on other days, and with trips of route T that leave so many seconds later.
    static func network(
        on days: TransitModel.Service, delayedBy delay: Int = 0, isRenumbered: Bool = false
    ) -> Network {
        make(isRenumbered: isRenumbered, on: days, delayedBy: delay)
    }

    private static let daily = TransitModel.Service(
        id: "daily", weekdays: 0x7F,
        period: ServiceDate(dayNumber: 20_000)...ServiceDate(dayNumber: 22_000))

    private static func make(
        isExact: Bool = false, isRenumbered: Bool = false,
        on days: TransitModel.Service = daily, delayedBy delay: Int = 0
    ) -> Network {
        var parts = Network.Parts()
        parts.plane = LocalPlane(origin: Coordinate(latitude: -0.95, longitude: 100.36))
        parts.agencies = Table([Agency(id: "TP", name: "Test", timeZone: "Asia/Jakarta")])
        parts.services = Table([days])
        parts.routes = Table([
            Route(id: isRenumbered ? "T" : "R", agency: AgencyIndex(0), shortName: "R"),
            Route(id: isRenumbered ? "R" : "T", agency: AgencyIndex(0), shortName: "T"),
        ])
        // The two kerbs of a place are two stops.
        parts.stops = Table(
            (0..<2 * stopCount).map { number in
                let metres = Double(number % stopCount) * stopSpacing
                return Stop(
                    id: "S\(isRenumbered ? 2 * stopCount - 1 - number : number)",
                    name: "Stop \(number)",
                    coordinate: parts.plane.coordinate(PlanePoint(x: metres, y: 0)))
            })
        addPatterns(to: &parts)
        addTrips(
            to: &parts, isExact: isExact, ids: isRenumbered ? "new-" : "", delayedBy: delay)
        guard let network = Network(parts) else { preconditionFailure("zone unknown") }
        return network
    }

    private static func addPatterns(to parts: inout Network.Parts) {
        let east = (0..<stopCount).map { Double($0) * stopSpacing }
        let vertices = stride(from: 0.0, through: 6000, by: 100).map { PlanePoint(x: $0, y: 0) }
        guard let out = Polyline(vertices), let back = Polyline(vertices.reversed()) else { return }
        let there = (0..<stopCount).map { StopIndex($0) }
        let home = (0..<stopCount).map { StopIndex(2 * stopCount - 1 - $0) }
        let sequences = (1...stopCount).map { Int32($0) }
        parts.patterns = Table([
            TripPattern(
                route: RouteIndex(0), direction: 0, shape: nil, stops: there,
                sequences: sequences, line: out, distances: east),
            TripPattern(
                route: RouteIndex(0), direction: 1, shape: nil, stops: home,
                sequences: sequences, line: back, distances: east),
            TripPattern(
                route: RouteIndex(1), direction: 0, shape: nil, stops: there,
                sequences: sequences, line: out, distances: east),
        ])
    }

    private static func addTrips(
        to parts: inout Network.Parts, isExact: Bool, ids: String, delayedBy delay: Int
    ) {
        let hours = ServiceTime(6 * 3600)..<ServiceTime(19 * 3600)
        let frequency = Frequency(
            start: hours.lowerBound, end: hours.upperBound, headway: 600, isExact: isExact)
        func add(_ id: String, _ pattern: Int, from start: Int, _ frequencies: [Frequency]) {
            let first = parts.stopTimes.count
            for position in 0..<stopCount {
                let time = ServiceTime(start + position * linkSeconds)
                parts.stopTimes.append(StopTime(arrival: time, departure: time))
            }
            parts.trips.elements.append(
                Trip(
                    id: ids + id, pattern: PatternIndex(pattern), service: ServiceIndex(0),
                    headsign: pattern == 1 ? "West" : "East", firstStopTime: first,
                    frequencies: frequencies))
        }
        add("R-0", 0, from: 6 * 3600, [frequency])
        add("R-1", 1, from: 6 * 3600, [frequency])
        for hour in 6..<19 { add("T-\(hour)", 2, from: hour * 3600 + delay, []) }
    }
}

/// A scripted bus that drives the test city's street.
struct Drive {
    var vehicleID = "7"
    var route: String? = "R"
    var tripID: String?
    var now: Timestamp
    /// Metres east.
    var metres = 0.0
    var north = 0.0
    var every = 10.0
    private(set) var pings: [Ping] = []

    init(from metres: Double, at now: Timestamp) {
        self.metres = metres
        self.now = now
        report()
    }

    mutating func report() {
        pings.append(
            Ping(
                vehicleID: vehicleID, timestamp: now, receivedAt: now,
                coordinate: TestCity.place(metres, north: north), routeID: route,
                tripID: tripID))
    }

    /// Drives to a place at a steady speed in metres a second, reporting on the way.
    mutating func go(to target: Double, speed: Double = 600.0 / 90) {
        while abs(target - metres) > 0.5 {
            let step = min(abs(target - metres), speed * every)
            metres += target > metres ? step : -step
            now = now + every
            report()
        }
    }

    /// Drives to a place so many metres north of the street, at the speed of a bus.
    mutating func turn(north target: Double, speed: Double = 600.0 / 90) {
        while abs(target - north) > 0.5 {
            let step = min(abs(target - north), speed * every)
            north += target > north ? step : -step
            now = now + every
            report()
        }
    }

    /// Stands still for some seconds, reporting.
    mutating func stand(_ seconds: Double) {
        let end = now + seconds
        while now < end {
            now = now + every
            report()
        }
    }
}

extension Engine {
    /// Feeds the pings of drives in the order in which they were received.
    mutating func receive(_ drives: Drive...) {
        for ping in drives.flatMap(\.pings).sorted(by: { $0.receivedAt < $1.receivedAt }) {
            receive(ping)
        }
    }
}
