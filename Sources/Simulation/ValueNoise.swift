import Geometry

/// Smooth noise over the plane: random values on a square lattice, blended by smoothstep.
///
/// The same place has the same value for every route that passes it. Values lie in -1 ... 1, most
/// of them within half of that.
struct ValueNoise: Sendable {
    /// What the lattice values come from.
    let seed: Seed
    /// Metres (or seconds, for noise in time) between lattice points.
    let scale: Double

    /// The value at a place in metres.
    func value(at point: PlanePoint) -> Double {
        let x = Cell(point.x / scale)
        let y = Cell(point.y / scale)
        let south = Self.blend(corner(x.index, y.index), corner(x.index + 1, y.index), x.share)
        let north = Self.blend(
            corner(x.index, y.index + 1),
            corner(x.index + 1, y.index + 1),
            x.share
        )
        return Self.blend(south, north, y.share)
    }

    /// The value at a moment or any other single measure.
    func value(at measure: Double) -> Double {
        let cell = Cell(measure / scale)
        return Self.blend(corner(cell.index, 0), corner(cell.index + 1, 0), cell.share)
    }

    private struct Cell {
        let index: Int
        let share: Double

        init(_ value: Double) {
            let floor = value.rounded(.down)
            index = Int(floor)
            share = smoothstep(value - floor)
        }
    }

    private func corner(_ x: Int, _ y: Int) -> Double {
        seed.branch(x).branch(y).unit * 2 - 1
    }

    private static func blend(_ first: Double, _ second: Double, _ share: Double) -> Double {
        first + (second - first) * share
    }
}

/// Rises smoothly from 0 to 1 while `value` does so in a straight line; flat outside.
func smoothstep(_ value: Double) -> Double {
    let held = min(1, max(0, value))
    return held * held * (3 - 2 * held)
}
