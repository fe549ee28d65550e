import ETAEngine
import Geometry
import Testing
import TransitModel

@testable import Evaluation

/// A straight street of five stops, 1000 m apart, up (direction 0) and down (direction 1).
///
/// Trips `up1` (06:00), `down1` (06:30) and `up2` (07:00) are one block; `express` (06:00) leaves
/// out the third stop, and `other` is of another route. The way down begins 50 m beyond the end of
/// the way up.
struct TwoWayStreet {
    static let date = ServiceDate(dayNumber: 19_737)
    static let origin = Timestamp(Double(date.dayNumber) * 86_400)

    let network: Network

    init(hasDirections: Bool = true) throws {
        var parts = Network.Parts()
        parts.agencies = Table([Agency(id: "A", name: "A", timeZone: "UTC")])
        parts.services = Table([Service(id: "S", added: [Self.date])])
        parts.routes = Table([Route(id: "R", shortName: "R"), Route(id: "Q", shortName: "Q")])
        let plane = LocalPlane(origin: Coordinate(latitude: 10, longitude: 20))
        parts.plane = plane
        parts.stops = Table(
            (0..<5).map {
                let point = PlanePoint(x: 0, y: Double($0) * 1000)
                return Stop(id: "s\($0)", name: "s\($0)", coordinate: plane.coordinate(point))
            })
        parts.patterns = Table([
            try Self.pattern(route: 0, direction: 0, ys: [0, 1000, 2000, 3000, 4000]),
            try Self.pattern(route: 0, direction: 1, ys: [4050, 3000, 2000, 1000, 0]),
            try Self.pattern(route: 0, direction: 0, ys: [0, 1000, 3000, 4000]),
            try Self.pattern(route: 1, direction: 0, ys: [0, 1000, 2000, 3000, 4000]),
        ])
        if !hasDirections {
            for index in parts.patterns.elements.indices {
                parts.patterns.elements[index].direction = nil
            }
        }
        let trips = [
            ("up1", 0, 6.0), ("down1", 1, 6.5), ("up2", 0, 7), ("express", 2, 6), ("other", 3, 6),
        ]
        for (id, pattern, hour) in trips {
            parts.trips.elements.append(
                Trip(
                    id: id, pattern: PatternIndex(pattern), service: ServiceIndex(0),
                    block: pattern < 2 ? "B" : nil, firstStopTime: parts.stopTimes.count))
            parts.stopTimes += parts.patterns.elements[pattern].distances.map {
                let time = ServiceTime(Int(hour * 3600 + $0 / 10))
                return StopTime(arrival: time, departure: time)
            }
        }
        network = try #require(Network(parts))
    }

    private static func pattern(
        route: Int, direction: Int, ys: [Double]
    ) throws -> TripPattern {
        let line = try #require(Polyline(ys.map { PlanePoint(x: 0, y: $0) }))
        return TripPattern(
            route: RouteIndex(route), direction: direction, shape: nil,
            stops: ys.map { StopIndex(Int($0 / 1000)) },
            sequences: ys.indices.map { Int32($0 + 1) }, line: line, distances: line.distances)
    }

    func trip(_ id: String) throws -> TripIndex { try #require(network.trip(id: id)) }

    /// What was true: a trip in some phase.
    func truth(
        _ id: String?, _ phase: TruePhase = .inProgress, along: Double? = nil
    ) throws -> TrueMovement {
        var movement = TrueMovement(phase: phase)
        if let id { movement.take(try trip(id), in: network) }
        movement.distanceAlong = along
        return movement
    }

    /// What was shown `seconds` after 06:00, received two seconds later, of a bus `y` metres up.
    func sample(
        _ seconds: Double, _ truth: TrueMovement, shown: String?, state: VehicleState? = nil,
        along: Double? = nil, confidence: Double = 1, y: Double = 1500, vehicle: String = "1"
    ) throws -> TrackingSample {
        let moment = Self.origin + 21_600 + seconds
        let coordinate = network.plane.coordinate(PlanePoint(x: 0, y: y))
        var status = VehicleStatus(
            vehicleID: vehicle, coordinate: coordinate, fixTime: moment,
            state: state ?? (shown == nil ? .unassigned : .inService))
        if let shown {
            status.instance = TripInstance(trip: try trip(shown), serviceDate: Self.date)
            status.pattern = network.trips[try trip(shown)].pattern
        }
        status.distanceAlong = along
        status.confidence = confidence
        let ping = Ping(
            vehicleID: vehicle, timestamp: moment, receivedAt: moment + 2, coordinate: coordinate)
        return TrackingSample(ping: ping, status: status, truth: truth, network: network)
    }
}
