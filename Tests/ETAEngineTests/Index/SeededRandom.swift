import Geometry

/// A repeatable source of shapes and points (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func number(in range: ClosedRange<Double>) -> Double {
        Double.random(in: range, using: &self)
    }

    mutating func point(within metres: Double) -> PlanePoint {
        PlanePoint(x: number(in: -metres...metres), y: number(in: -metres...metres))
    }

    /// Lines that cross, wind, turn back on themselves and follow one another for a while.
    mutating func lines(_ count: Int) -> [Polyline] {
        var walks = [walk()]
        while walks.count < count {
            let shared = walks[Int.random(in: 0..<walks.count, using: &self)]
            let from = Int.random(in: 0..<shared.count / 2, using: &self)
            let to = Int.random(in: from + 2..<shared.count, using: &self)
            let stretch = Array(shared[from..<to])
            walks.append(walk() + (Bool.random(using: &self) ? stretch : stretch.reversed()))
        }
        return walks.compactMap { Polyline($0) }
    }

    /// A walk of long straights and fine curves.
    private mutating func walk() -> [PlanePoint] {
        var points = [point(within: 2000)]
        for _ in 0..<12 {
            let step = point(within: 200)
            let last = points[points.count - 1]
            points.append(PlanePoint(x: last.x + step.x, y: last.y + step.y))
            if Int.random(in: 0..<3, using: &self) == 0 { curve(&points) }
        }
        if Bool.random(using: &self) { points += points.suffix(4).reversed() }
        return points
    }

    private mutating func curve(_ points: inout [PlanePoint]) {
        for _ in 0..<15 {
            let last = points[points.count - 1]
            points.append(
                PlanePoint(
                    x: last.x + number(in: 2...8), y: last.y + number(in: -2...4)))
        }
    }
}

extension Polyline {
    init?(_ points: [(x: Double, y: Double)]) {
        self.init(points.map { PlanePoint(x: $0.x, y: $0.y) })
    }
}
