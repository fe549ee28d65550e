import Geometry

/// The segments of many lines in one piece of memory, to follow a bus along a line without looking
/// for it.
struct LineGeometry: Sendable {
    /// A place on a line.
    struct Place: Hashable, Sendable {
        /// Position of its segment, from which the line can be followed on.
        var segment: Int32
        /// Metres along the line.
        var distance: Double
        /// Metres off it.
        var offset: Double
    }

    private struct Segment {
        var x: Double
        var y: Double
        var dx: Double
        var dy: Double
        /// One over the squared length; 0 where the segment is a point.
        var inverseSquare: Double
        /// Metres along the line where it starts.
        var start: Double
        var length: Double
    }

    /// Metres by which a line must lead away from a point and come back to be near it twice.
    private static let hump = 30.0

    private let segments: [Segment]
    /// Where each line's segments start; one more than there are lines.
    private let starts: [Int32]
    private let lengths: [Double]

    init(_ lines: [Polyline]) {
        var segments: [Segment] = []
        var starts: [Int32] = [0]
        for line in lines {
            for index in 0..<max(0, line.points.count - 1) {
                segments.append(Self.segment(index, of: line))
            }
            starts.append(Int32(segments.count))
        }
        self.segments = segments
        self.starts = starts
        lengths = lines.map(\.length)
    }

    private static func segment(_ index: Int, of line: Polyline) -> Segment {
        let start = line.points[index]
        let end = line.points[index + 1]
        let dx = end.x - start.x
        let dy = end.y - start.y
        let square = dx * dx + dy * dy
        return Segment(
            x: start.x, y: start.y, dx: dx, dy: dy, inverseSquare: square > 0 ? 1 / square : 0,
            start: line.distances[index], length: line.distances[index + 1] - line.distances[index])
    }

    /// Metres from end to end of a line.
    @inline(__always)
    func length(ofLine line: Int) -> Double { lengths[line] }

    /// The segment of a line that holds a distance; O(log n).
    func segment(ofLine line: Int, at distance: Double) -> Int32 {
        var low = Int(starts[line])
        var high = max(low, Int(starts[line + 1]) - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if segments[middle].start <= distance { low = middle } else { high = middle - 1 }
        }
        return Int32(low)
    }

    /// Calls `body` with the nearest place of each separate stretch of a line that is within `reach`
    /// of a point, in order along the line.
    ///
    /// Looks at distances from `low` to `high` only, scanning from the segment `hint`, which should
    /// hold a distance not far beyond `low`; O(segments in range).
    @inline(__always)
    func forEachPlace(
        onLine line: Int, near point: PlanePoint, from low: Double, to high: Double,
        scanningFrom hint: Int32, within reach: Double, _ body: (Place) -> Void
    ) {
        var index = Int(hint)
        let first = Int(starts[line])
        let end = Int(starts[line + 1])
        while index > first, segments[index].start > low { index -= 1 }
        while index < end - 1, segments[index + 1].start < low { index += 1 }
        var nearest = Place(segment: -1, distance: 0, offset: .infinity)
        var peak = 0.0
        while index < end, segments[index].start <= high {
            let place = place(of: point, on: index, from: low, to: high)
            if place.offset > reach || (nearest.segment >= 0 && place.offset < peak - Self.hump) {
                if nearest.segment >= 0 { body(nearest) }
                nearest = Place(segment: -1, distance: 0, offset: .infinity)
                peak = 0
            }
            if place.offset <= reach {
                if place.offset < nearest.offset {
                    nearest = place
                    peak = 0
                } else {
                    // Only what lies beyond the hump can be another visit.
                    peak =
                        place.offset > nearest.offset + Self.hump ? max(peak, place.offset) : peak
                }
            }
            index += 1
        }
        if nearest.segment >= 0 { body(nearest) }
    }

    @inline(__always)
    private func place(
        of point: PlanePoint, on index: Int, from low: Double, to high: Double
    ) -> Place {
        let segment = segments[index]
        let share =
            ((point.x - segment.x) * segment.dx + (point.y - segment.y) * segment.dy)
            * segment.inverseSquare
        let along = segment.start + min(1, max(0, share)) * segment.length
        let distance = min(max(along, low), high)
        let held = segment.length > 0 ? (distance - segment.start) / segment.length : 0
        let x = segment.x + held * segment.dx - point.x
        let y = segment.y + held * segment.dy - point.y
        return Place(
            segment: Int32(index), distance: distance, offset: (x * x + y * y).squareRoot())
    }

    /// Cosine of the angle between the ways that two places' segments lead.
    @inline(__always)
    func cosine(_ one: Int32, _ other: Int32) -> Double {
        let one = segments[Int(one)]
        let other = segments[Int(other)]
        return (one.dx * other.dx + one.dy * other.dy)
            * (one.inverseSquare * other.inverseSquare).squareRoot()
    }
}
