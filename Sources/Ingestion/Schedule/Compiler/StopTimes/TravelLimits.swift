import Geometry
import TransitModel

/// How long vehicles need at least from stop to stop; when a timetable gives less, a time or a place
/// in it is wrong.
///
/// Of every two stops a rough distance, never too short, tells whether to look closer.
struct TravelLimits {
    /// For each stop of the pattern in hand the fewest seconds since the stop before.
    private(set) var seconds: [Int32] = []

    private let stops: Table<Stop>
    private let routes: Table<Route>
    /// Metres east and north of the first stop; not a number where a stop has no position.
    private let places: [SIMD2<Float>]
    private var pattern: Int32 = -1
    private var speed = 0.0

    init(_ parts: Network.Parts) {
        stops = parts.stops
        routes = parts.routes
        let coordinates = parts.stops.elements.map(\.coordinate)
        let middle = parts.plane.origin
        let lowest = coordinates.map { abs($0?.latitude ?? 90) }.min() ?? 0
        let plane = LocalPlane(origin: Coordinate(latitude: lowest, longitude: middle.longitude))
        places = coordinates.map { coordinate in
            guard let point = coordinate.map(plane.point) else { return SIMD2(.nan, .nan) }
            return SIMD2(Float(point.x), Float(point.y))
        }
    }

    /// Takes a pattern in hand.
    mutating func take(_ number: Int32, of rows: [StopTimeRow], _ route: RouteIndex) {
        guard number != pattern else { return }
        pattern = number
        speed = Self.topSpeed(of: routes[route].type)
        seconds.removeAll(keepingCapacity: true)
        var last = SIMD2<Float>(.nan, .nan)
        let pace = Float(3.6 / speed)
        for row in rows {
            let place = places[row.stop.position]
            let way = place - last
            let time = (way * way).sum().squareRoot() * pace
            // Not a number compares as false.
            seconds.append(time >= 1 ? Int32(min(time, 1e9)) + 1 : 0)
            last = place
        }
    }

    /// Kilometres an hour between two stops, in the pattern's course; nil when that is not too fast
    /// or cannot be told.
    func excess(from last: StopTimeRow, to next: StopTimeRow) -> Int? {
        guard let leaves = last.departure?.seconds, let arrives = next.arrival?.seconds,
            let start = stops[last.stop].coordinate, let end = stops[next.stop].coordinate
        else { return nil }
        var elapsed = arrives - leaves
        if elapsed <= 0 {
            elapsed = 60
        } else if leaves % 60 == 0, arrives % 60 == 0 {
            elapsed += 60
        }
        let driven = start.distance(to: end) / Double(elapsed) * 3.6
        return driven > speed ? Int(driven) : nil
    }

    /// Kilometres an hour that no vehicle of a `route_type` does between stops.
    private static func topSpeed(of type: Int) -> Double {
        switch type {
        case 0: 100
        case 1, 3, 11, 12: 150
        case 2: 500
        case 4: 80
        case 5: 30
        case 6, 7: 50
        default: 200
        }
    }
}
