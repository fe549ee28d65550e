import Geometry
import TransitModel

/// The road under one pattern, as its traffic makes it: how fast it flows when free, who slows it,
/// where its lights are and how well it is received.
///
/// Free speed is smooth noise over the map, slower in bends, scaled once as a whole so that a quiet
/// trip takes about as long as the fastest scheduled one. Times at single stops are not looked at.
final class Road: Sendable {
    /// The line driven.
    let line: Polyline
    /// Metres along the line of each stop.
    let stops: [Double]
    /// Lights in order of distance.
    let lights: [TrafficLight]
    private let cells: [Cell]

    private struct Cell {
        var freeSpeed: Double
        var first: Traffic.Influence
        var second: Traffic.Influence
        var reception: Reception
    }

    private static let cellLength = 25.0
    private static let secondsLostAtLight = 4.0
    /// Metres a second.
    private static let fastest = 15.5

    /// - Parameters:
    ///   - pattern: What is driven.
    ///   - duration: Seconds that the fastest scheduled trip takes.
    ///   - secondsAtStop: What a stop costs on average, braking and starting included.
    ///   - traffic: What slows it.
    ///   - seed: The city's seed.
    init(
        pattern: TripPattern,
        duration: Double,
        secondsAtStop: Double,
        traffic: Traffic,
        seed: Seed
    ) {
        line = pattern.line
        stops = pattern.distances
        let start = stops.first ?? 0
        let end = stops.last ?? line.length
        let lights = TrafficLight.scatter(
            from: start,
            to: end,
            avoiding: stops,
            seed: Self.lightSeed(pattern, seed: seed)
        )
        let landscape = Landscape(seed: seed)
        let cells = stride(from: 0, through: line.length, by: Self.cellLength).map { distance in
            let point = pattern.line.point(at: distance)
            let (first, second) = traffic.influences(at: point)
            return Cell(
                freeSpeed: landscape.freeSpeed(of: pattern, at: distance),
                first: first,
                second: second,
                reception: landscape.reception(at: point)
            )
        }
        let driven = cells[Self.index(start, in: cells)...Self.index(end, in: cells)]
        let scale = Self.scale(
            slowness: driven.reduce(0) { $0 + Self.cellLength / $1.freeSpeed },
            length: end - start,
            duration: duration,
            halts: secondsAtStop * Double(stops.count)
                + lights.reduce(0) { $0 + $1.meanWait + Self.secondsLostAtLight }
        )
        self.lights = lights
        self.cells = cells.map {
            var cell = $0
            cell.freeSpeed = min(cell.freeSpeed * scale, Self.fastest)
            return cell
        }
    }

    /// The speed of the stream of traffic in metres a second.
    func speed(at distance: Double, in traffic: Traffic) -> Double {
        let index = Self.index(distance, in: cells)
        let next = min(index + 1, cells.count - 1)
        let share = min(1, max(0, distance / Self.cellLength - Double(index)))
        let free =
            cells[index].freeSpeed + share * (cells[next].freeSpeed - cells[index].freeSpeed)
        return max(1.2, free * traffic.factor(cells[index].first, cells[index].second))
    }

    /// How well a place of the road is received.
    func reception(at distance: Double) -> Reception {
        cells[Self.index(distance, in: cells)].reception
    }

    private static func index(_ distance: Double, in cells: [Cell]) -> Int {
        max(0, min(Int(distance / cellLength), cells.count - 1))
    }

    private static func lightSeed(_ pattern: TripPattern, seed: Seed) -> Seed {
        seed.branch(.lights).branch(pattern.route.position).branch(pattern.direction ?? 2)
            .branch(pattern.shape?.position ?? -1).branch(pattern.stops.count)
    }

    /// The factor on free speed that leaves the scheduled time after stops and lights.
    private static func scale(
        slowness: Double,
        length: Double,
        duration: Double,
        halts: Double
    ) -> Double {
        let moving = min(max(duration - halts, length / 18), length / 4)
        return moving > 0 ? slowness / moving : 1
    }
}
