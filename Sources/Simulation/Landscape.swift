import Geometry
import TransitModel

/// How well fixes are taken and sent at a place.
enum Reception: Hashable, Sendable {
    case open, canyon, silent
}

/// What lies under all roads: where traffic flows freely, where walls and dead zones are.
struct Landscape: Sendable {
    private let wide: ValueNoise
    private let narrow: ValueNoise
    private let canyons: ValueNoise
    private let deadZones: ValueNoise

    init(seed: Seed) {
        wide = ValueNoise(seed: seed.branch(.landscape).branch(1), scale: 1500)
        narrow = ValueNoise(seed: seed.branch(.landscape).branch(2), scale: 350)
        canyons = ValueNoise(seed: seed.branch(.canyons), scale: 500)
        deadZones = ValueNoise(seed: seed.branch(.deadZones), scale: 300)
    }

    /// How well a place is received.
    func reception(at point: PlanePoint) -> Reception {
        if deadZones.value(at: point) < -0.85 { return .silent }
        return canyons.value(at: point) > 0.5 ? .canyon : .open
    }

    /// Free speed before scaling, in metres a second: noise, and slower where the line bends.
    func freeSpeed(of pattern: TripPattern, at distance: Double) -> Double {
        let point = pattern.line.point(at: distance)
        let field = 1 + 0.35 * wide.value(at: point) + 0.3 * narrow.value(at: point)
        return min(12 * max(0.4, field), Self.cornerSpeed(of: pattern.line, at: distance))
    }

    private static func cornerSpeed(of line: Polyline, at distance: Double) -> Double {
        let before = line.bearing(at: distance - 15)
        let after = line.bearing(at: distance + 15)
        let turn = abs((after - before + 540).truncatingRemainder(dividingBy: 360) - 180)
        return turn > 60 ? 5 : turn > 30 ? 8 : .infinity
    }
}
