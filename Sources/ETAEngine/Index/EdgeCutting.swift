import Geometry

/// Cuts lines at junctions and keeps each edge once: the work of building an ``EdgeSet``.
struct EdgeCutting {
    let origin: PlanePoint
    private(set) var segments: [EdgeSegment] = []
    private(set) var segmentStarts: [Int32] = [0]
    private(set) var lengths: [Float] = []
    private(set) var passes: [LinePass] = []
    private(set) var passStarts: [Int32] = [0]

    private let lines: [Polyline]
    private let junctions: Junctions
    /// Edge by its first two vertices: between cuts there is only one way on.
    private var edges: [UInt64: Int32] = [:]
    private var simplification = Simplification()

    init(_ lines: [Polyline], _ junctions: Junctions) {
        self.lines = lines
        self.junctions = junctions
        origin = Self.middle(of: lines)
    }

    mutating func cut() {
        var firstPoint = 0
        for line in lines {
            cut(line, firstPoint: firstPoint)
            passStarts.append(Int32(passes.count))
            firstPoint += line.points.count
        }
    }

    /// The middle of the network, so that single precision is finest where the lines are.
    private static func middle(of lines: [Polyline]) -> PlanePoint {
        guard let first = lines.first?.points.first else { return PlanePoint(x: 0, y: 0) }
        var low = first
        var high = first
        for line in lines {
            for point in line.points {
                low = PlanePoint(x: min(low.x, point.x), y: min(low.y, point.y))
                high = PlanePoint(x: max(high.x, point.x), y: max(high.y, point.y))
            }
        }
        return PlanePoint(x: (low.x + high.x) / 2, y: (low.y + high.y) / 2)
    }

    private mutating func cut(_ line: Polyline, firstPoint: Int) {
        let last = line.points.count - 1
        var start = 0
        while let next = point(of: line, after: start, firstPoint) {
            var end = next
            while !junctions.isCut[vertex(end, firstPoint)],
                let further = point(of: line, after: end, firstPoint)
            {
                end = further
            }
            // What is left at the end of a line is shorter than vertices are told apart by.
            if point(of: line, after: end, firstPoint) == nil { end = last }
            enter(line, start...end, key: key(start, next, firstPoint))
            start = end
        }
    }

    /// The next point of a line that is another vertex.
    private func point(of line: Polyline, after index: Int, _ firstPoint: Int) -> Int? {
        let here = junctions.vertices[firstPoint + index]
        var next = index + 1
        while next < line.points.count {
            if junctions.vertices[firstPoint + next] != here { return next }
            next += 1
        }
        return nil
    }

    private func vertex(_ index: Int, _ firstPoint: Int) -> Int {
        Int(junctions.vertices[firstPoint + index])
    }

    private func key(_ start: Int, _ next: Int, _ firstPoint: Int) -> UInt64 {
        UInt64(vertex(start, firstPoint)) << 32 | UInt64(vertex(next, firstPoint))
    }

    private mutating func enter(_ line: Polyline, _ points: ClosedRange<Int>, key: UInt64) {
        let start = line.distances[points.lowerBound]
        if let known = edges[key] {
            passes.append(LinePass(edge: known, start: start))
            return
        }
        let edge = lengths.count
        edges[key] = Int32(edge)
        passes.append(LinePass(edge: Int32(edge), start: start))
        lengths.append(Float(line.distances[points.upperBound] - start))
        addSegments(of: edge, line, points)
        segmentStarts.append(Int32(segments.count))
    }

    private mutating func addSegments(
        of edge: Int, _ line: Polyline, _ points: ClosedRange<Int>
    ) {
        let kept = simplification.kept(line, points)
        for (from, to) in zip(kept, kept.dropFirst()) {
            let label = EdgeLabel(
                edge: edge, isFirst: from == points.lowerBound, isLast: to == points.upperBound)
            segments.append(
                segment(line, from, to, after: line.distances[points.lowerBound], label))
        }
    }

    private func segment(
        _ line: Polyline, _ from: Int, _ to: Int, after start: Double, _ label: EdgeLabel
    ) -> EdgeSegment {
        let (one, other) = (line.points[from], line.points[to])
        let chord = one.distance(to: other)
        let scale = chord > 0 ? 1 / chord : 0
        return EdgeSegment(
            x: Float(one.x - origin.x), y: Float(one.y - origin.y),
            directionX: Float((other.x - one.x) * scale),
            directionY: Float((other.y - one.y) * scale),
            chord: Float(chord), distance: Float(line.distances[from] - start),
            stretch: Float((line.distances[to] - line.distances[from]) * scale), label: label)
    }
}

/// Leaves out points of a line that say nothing.
///
/// This is the method of Douglas and Peucker (1973), with the distance of Meratnia and de By
/// (2004): a point is compared with the place on the chord at the same share of the way, not with
/// the nearest. So distances along a chord stay true too, and a line that goes back on itself
/// keeps its turns.
private struct Simplification {
    /// Chords over more points than this are split, to bound the time that a spiral takes.
    private static let longest = 512
    private var pending: [(Int, Int)] = []
    private var kept: [Int] = []

    /// The points that are kept, in order, both ends among them.
    mutating func kept(_ line: Polyline, _ points: ClosedRange<Int>) -> [Int] {
        kept.removeAll(keepingCapacity: true)
        kept.append(points.lowerBound)
        pending.append((points.lowerBound, points.upperBound))
        while let (from, to) = pending.popLast() {
            if let middle = Self.split(line, from, to) {
                pending.append((middle, to))
                pending.append((from, middle))
            } else {
                kept.append(to)
            }
        }
        return kept
    }

    private static func split(_ line: Polyline, _ from: Int, _ to: Int) -> Int? {
        guard to - from > 1 else { return nil }
        guard to - from <= longest else { return (from + to) / 2 }
        var worst = EdgeSet.tolerance * EdgeSet.tolerance
        var found: Int?
        let (start, end) = (line.points[from], line.points[to])
        let length = line.distances[to] - line.distances[from]
        let scale = length > 0 ? 1 / length : 0
        for index in from + 1..<to {
            let share = (line.distances[index] - line.distances[from]) * scale
            let dx = start.x + (end.x - start.x) * share - line.points[index].x
            let dy = start.y + (end.y - start.y) * share - line.points[index].y
            if dx * dx + dy * dy > worst {
                worst = dx * dx + dy * dy
                found = index
            }
        }
        return found
    }
}
