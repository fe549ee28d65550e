import Geometry

/// Lines of which equal ones are kept once: many exporters give every trip a shape of its own.
struct LineSet {
    /// The lines that differ, in order of appearance.
    private(set) var lines: [Polyline] = []
    /// Points of all of them.
    private(set) var pointCount = 0
    /// Drawn per process, so that no feed can be made to collide.
    private static let seed = UInt64.random(in: .min ... .max)
    private var numbers: [UInt64: Int32] = [:]

    /// The number of the line through `points`, which are at least one.
    mutating func number(of points: [ShapesCompiler.Point]) -> Int32? {
        var hash = Self.hash(points)
        while let number = numbers[hash] {
            if isSame(lines[Int(number)], points) { return number }
            hash &+= 1
        }
        guard let line = Polyline(points.map(\.place)) else { return nil }
        let number = Int32(lines.count)
        numbers[hash] = number
        lines.append(line)
        pointCount += points.count
        return number
    }

    private func isSame(_ line: Polyline, _ points: [ShapesCompiler.Point]) -> Bool {
        guard line.points.count == points.count else { return false }
        for (index, point) in points.enumerated() where line.points[index] != point.place {
            return false
        }
        return true
    }

    private static func hash(_ points: [ShapesCompiler.Point]) -> UInt64 {
        var hash = seed ^ UInt64(points.count)
        for point in points {
            let product = (hash ^ point.place.x.bitPattern)
                .multipliedFullWidth(by: seed ^ point.place.y.bitPattern)
            hash = product.high ^ product.low
        }
        return hash
    }
}
