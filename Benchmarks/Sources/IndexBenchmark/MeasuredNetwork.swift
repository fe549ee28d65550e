import ETAEngine
import Foundation
import Geometry

/// Lines, and the places that are looked up.
struct MeasuredNetwork {
    let lines: [Polyline]
    let pings: [PlanePoint]

    /// Reads the form that `main.swift` tells of.
    init(file: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        (lines, pings) = data.withUnsafeBytes { raw in
            func count(_ index: Int) -> Int {
                Int(raw.loadUnaligned(fromByteOffset: index * 8, as: Int64.self))
            }
            let (lines, points, pings) = (count(0), count(1), count(2))
            let base = (3 + lines + 1) * 8
            func place(_ number: Int) -> Double {
                Double(raw.loadUnaligned(fromByteOffset: base + number * 4, as: Float.self))
            }
            let polylines = (0..<lines).compactMap { line in
                Polyline(
                    (count(3 + line)..<count(4 + line)).map {
                        PlanePoint(x: place(2 * $0), y: place(2 * $0 + 1))
                    })
            }
            let places = (0..<pings).map {
                PlanePoint(x: place(2 * points + 3 * $0), y: place(2 * points + 3 * $0 + 1))
            }
            return (polylines, places)
        }
    }

    /// A made-up country: a lattice of streets every 400 m, drawn a little crooked.
    ///
    /// Lines of about 15 km go along them and now and then turn. There are as many streets as let
    /// seven lines share one on average, whatever the number of lines; pings lie within 50 m of a
    /// line.
    init(latticeLines count: Int, pings: Int) {
        var lattice = Lattice(lines: count)
        lines = (0..<count).compactMap { _ in Polyline(lattice.walk(blocks: 37)) }
        let lines = lines
        self.pings = (0..<pings).map { _ in lattice.ping(on: lines) }
    }
}

/// Streets and what runs on them, repeatable.
private struct Lattice {
    private static let block = 400.0
    /// Points drawn from one corner to the next.
    private static let pieces = 4
    private let side: Int
    private var state: UInt64 = 20_261_122

    init(lines: Int) {
        side = max(8, Int((1.34 * Double(lines)).squareRoot()))
    }

    /// A way from corner to corner that goes straight on three times of four.
    mutating func walk(blocks: Int) -> [PlanePoint] {
        var (x, y) = (Int(number(Double(side))), Int(number(Double(side))))
        var direction = Int(number(4))
        var points = [corner(x, y)]
        for _ in 0..<blocks {
            if number(4) < 1 { direction = (direction + (number(2) < 1 ? 1 : 3)) % 4 }
            while !isInside(x, y, direction) { direction = (direction + 1) % 4 }
            let next = (x + [1, 0, -1, 0][direction], y + [0, 1, 0, -1][direction])
            addStreet(from: (x, y), to: next, &points)
            (x, y) = next
        }
        return points
    }

    mutating func ping(on lines: [Polyline]) -> PlanePoint {
        let line = lines[Int(number(Double(lines.count)))]
        let place = line.point(at: number(line.length))
        let (radius, angle) = (50 * number(1).squareRoot(), number(2 * .pi))
        return PlanePoint(x: place.x + radius * cos(angle), y: place.y + radius * sin(angle))
    }

    private func isInside(_ x: Int, _ y: Int, _ direction: Int) -> Bool {
        (0..<side).contains(x + [1, 0, -1, 0][direction])
            && (0..<side).contains(y + [0, 1, 0, -1][direction])
    }

    /// Both directions of a street are drawn through the same points.
    private func addStreet(
        from: (Int, Int), to: (Int, Int), _ points: inout [PlanePoint]
    ) {
        let (low, high) = from < to ? (from, to) : (to, from)
        let (start, end) = (corner(low.0, low.1), corner(high.0, high.1))
        let between = (1..<Self.pieces).map { piece in
            let share = Double(piece) / Double(Self.pieces)
            let salt = low.0 &* 31 &+ low.1 &* 7_919 &+ high.0 &* 104_729 &+ piece
            return PlanePoint(
                x: start.x + (end.x - start.x) * share + Self.shift(salt, 8),
                y: start.y + (end.y - start.y) * share + Self.shift(salt &+ 1_000_003, 8))
        }
        points += from < to ? between : between.reversed()
        points.append(corner(to.0, to.1))
    }

    private func corner(_ x: Int, _ y: Int) -> PlanePoint {
        let salt = x &* 65_537 &+ y
        return PlanePoint(
            x: (Double(x) - Double(side) / 2) * Self.block + Self.shift(salt, 60),
            y: (Double(y) - Double(side) / 2) * Self.block + Self.shift(salt &+ 77, 60))
    }

    /// A number of at most `metres` that belongs to a place.
    private static func shift(_ salt: Int, _ metres: Double) -> Double {
        (Double(mixed(UInt64(bitPattern: Int64(salt))) >> 11) * 0x1p-53 * 2 - 1) * metres
    }

    private mutating func number(_ limit: Double) -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Double(Self.mixed(state) >> 11) * 0x1p-53 * limit
    }

    private static func mixed(_ number: UInt64) -> UInt64 {
        var mixed = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
