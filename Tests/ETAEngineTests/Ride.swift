import Geometry
import TransitModel

@testable import ETAEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A scripted bus that follows a line, with a receiver that errs as receivers do.
struct Ride {
    var vehicleID = "7"
    var route: String?
    var tripID: String?
    var line: Polyline
    /// Metres along the line, before it starts or beyond its end also.
    var distance: Double
    var now: Timestamp
    /// Seconds between fixes.
    var every = 10.0
    /// Metres of standard error of a fix, east and north each.
    var noise = 0.0
    /// How much of its error the next fix keeps, 0 ..< 1.
    var drift = 0.0
    private var error = PlanePoint(x: 0, y: 0)
    private var random: SeededRandom
    private(set) var pings: [Ping] = []

    init(_ line: Polyline, from distance: Double = 0, at now: Timestamp, seed: UInt64 = 0) {
        self.line = line
        self.distance = distance
        self.now = now
        random = SeededRandom(seed: seed)
    }

    /// Where the bus is.
    var point: PlanePoint { line.point(at: distance) }

    /// Reports the place that the receiver sees.
    mutating func report() {
        let fresh = noise * (1 - drift * drift).squareRoot()
        error = PlanePoint(
            x: drift * error.x + fresh * normal(), y: drift * error.y + fresh * normal())
        let place = PlanePoint(x: point.x + error.x, y: point.y + error.y)
        pings.append(
            Ping(
                vehicleID: vehicleID, timestamp: now, receivedAt: now,
                coordinate: TestCity.network.plane.coordinate(place), routeID: route,
                tripID: tripID))
    }

    /// Drives so many seconds at a speed in metres a second, to the end of the line at most.
    mutating func step(speed: Double = TownPlan.speed, seconds: Double? = nil) {
        distance = min(line.length, distance + speed * (seconds ?? every))
        now = now + (seconds ?? every)
        report()
    }

    /// Drives on to a distance, reporting on the way.
    mutating func go(to target: Double, speed: Double = TownPlan.speed) {
        while distance < target - 0.5 {
            step(speed: speed, seconds: min(every, (target - distance) / speed))
        }
    }

    /// Stands still for some seconds, reporting.
    mutating func stand(_ seconds: Double) {
        let end = now + seconds
        while now < end { step(speed: 0) }
    }

    private mutating func normal() -> Double {
        let radius = (-2 * log(random.number(in: 1e-12...1))).squareRoot()
        return radius * cos(2 * .pi * random.number(in: 0...1))
    }
}

extension Engine {
    /// Feeds the pings of rides in the order in which they were received.
    mutating func receive(_ rides: Ride...) {
        for ping in rides.flatMap(\.pings).sorted(by: { $0.receivedAt < $1.receivedAt }) {
            receive(ping)
        }
    }
}

/// An engine that hears of one ride fix by fix.
struct Watcher {
    var engine: Engine

    init(_ network: Network) { engine = Engine(network: network) }

    /// What is remembered of the bus.
    var bus: VehicleTrack? { engine.vehicle(id: "7") }
    var progress: Progress? { bus?.run?.progress }

    /// The id of the trip that the bus is thought to be on or to wait for.
    var trip: String? { (bus?.run?.instance.trip).map { engine.network.trips[$0].id } }

    /// What is told of the bus just after its last fix.
    func status() -> VehicleStatus? {
        bus.flatMap { engine.status(of: "7", at: ($0.last?.timestamp ?? Timestamp(0)) + 1) }
    }

    /// Lets the bus drive until its next fix, and hears of that.
    mutating func see(_ ride: inout Ride, speed: Double = TownPlan.speed) {
        ride.step(speed: speed)
        if let ping = ride.pings.last { engine.receive(ping) }
    }

    /// Lets the bus drive to a distance.
    mutating func see(_ ride: inout Ride, to target: Double, speed: Double = TownPlan.speed) {
        while ride.distance < target { see(&ride, speed: speed) }
    }

    /// Lets the bus stand.
    mutating func see(_ ride: inout Ride, standing seconds: Double) {
        let end = ride.now + seconds
        while ride.now < end { see(&ride, speed: 0) }
    }
}
