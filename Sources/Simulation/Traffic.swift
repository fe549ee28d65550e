import Geometry
import TransitModel

/// The congestion of a city: waves around busy places that rise and fall with the time of day.
///
/// Each place has its own strength and hour for each peak of each day. What is slow is the place,
/// whichever route passes it: nothing here knows stops, links or schedules.
struct Traffic: Sendable {
    /// A junction or market that slows the roads around it.
    struct Centre: Sendable {
        let point: PlanePoint
        /// Metres at which its weight has fallen to nothing.
        let radius: Double
    }

    /// How much one place is under a centre's influence, from 0 to 1.
    struct Influence: Sendable {
        var centre = 0
        var weight = 0.0
    }

    /// Where the waves have their middle.
    let centres: [Centre]
    private let seed: Seed
    private var strengths: [Double]
    private var citywide = 1.0

    private static let peaks: [(from: Double, to: Double)] = [
        (6.5 * 3600, 8 * 3600), (12.5 * 3600, 13.5 * 3600), (16 * 3600, 18.5 * 3600),
    ]
    private static let ramp = 2400.0

    init(centres: [Centre], seed: Seed) {
        self.centres = centres
        self.seed = seed
        strengths = centres.map { _ in 0 }
    }

    /// How busy the day is at a time, 0 at rest to 1 at a peak.
    static func bustle(at time: Double) -> Double {
        peaks.map { wave(at: time, from: $0.from, to: $0.to) }.max() ?? 0
    }

    /// Sets the strength of every wave for a time of day in seconds.
    mutating func update(time: Double, date: ServiceDate) {
        let day = seed.branch(Int(date.dayNumber))
        let calm = date.weekday == 6 ? 0.45 : 1
        let weather = day.branch(.weather).unit < 0.15 ? 0.95 : 1.01
        citywide = weather * (1 - 0.13 * calm * Self.bustle(at: time))
        for index in centres.indices {
            let waves = waves(of: index, time: time, day: day)
            let ripple = ValueNoise(seed: day.branch(.ripples).branch(index), scale: 600)
                .value(at: time)
            strengths[index] = min(0.75, max(0, calm * (0.08 + waves) + 0.1 * ripple))
        }
    }

    /// The factor on free speed where these two centres weigh most.
    @inline(__always)
    func factor(_ first: Influence, _ second: Influence) -> Double {
        guard !strengths.isEmpty else { return citywide }
        return citywide * (1 - strengths[first.centre] * first.weight)
            * (1 - strengths[second.centre] * second.weight)
    }

    /// The two centres that weigh most at a place.
    func influences(at point: PlanePoint) -> (Influence, Influence) {
        var first = Influence()
        var second = Influence()
        for (index, centre) in centres.enumerated() {
            let weight = 1 - smoothstep(point.distance(to: centre.point) / centre.radius)
            if weight > first.weight {
                second = first
                first = Influence(centre: index, weight: weight)
            } else if weight > second.weight {
                second = Influence(centre: index, weight: weight)
            }
        }
        return (first, second)
    }

    private func waves(of centre: Int, time: Double, day: Seed) -> Double {
        var sum = 0.0
        for (index, peak) in Self.peaks.enumerated() {
            let seed = day.branch(.peaks).branch(centre).branch(index)
            let shift = (seed.branch(1).unit - 0.5) * 2400
            let strength = 0.1 + 0.4 * seed.branch(2).unit
            sum += strength * Self.wave(at: time - shift, from: peak.from, to: peak.to)
        }
        return sum
    }

    private static func wave(at time: Double, from: Double, to: Double) -> Double {
        smoothstep((time - from + ramp) / ramp) * smoothstep((to + ramp - time) / ramp)
    }
}

extension Traffic {
    private static let spacing = 900.0

    /// Puts centres at stops, those with many routes first, for markets and junctions draw routes;
    /// none close to another.
    init(network: Network, seed: Seed) {
        let seed = seed.branch(.junctions)
        let ranked = network.stops.indices.map { stop in
            let calls = Double(network.visits(at: stop).count)
            return (stop: stop, rank: calls * seed.branch(stop.position).unit)
        }.filter { $0.rank > 0 }.sorted { ($0.rank, $1.stop) > ($1.rank, $0.stop) }
        var centres: [Centre] = []
        for (stop, _) in ranked.prefix(ranked.count / 5 + 1) where centres.count < 60 {
            guard let coordinate = network.stops[stop].coordinate else { continue }
            let point = network.plane.point(coordinate)
            if centres.contains(where: { $0.point.distance(to: point) < Self.spacing }) { continue }
            let size = seed.branch(stop.position).branch(1).unit
            centres.append(Centre(point: point, radius: 400 + 700 * size))
        }
        self.init(centres: centres, seed: seed)
    }
}
