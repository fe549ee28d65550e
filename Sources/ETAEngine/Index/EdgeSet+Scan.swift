import Geometry

/// A place on a line, with where on its edges that is, from which the line can be followed on.
struct LinePlace: Hashable, Sendable {
    /// Position of the line's pass over an edge.
    var pass: Int32
    /// Position of the segment.
    var segment: Int32
    /// Metres along the line.
    var distance: Double
    /// Metres off it.
    @Narrow var offset: Double
}

extension EdgeSet {
    /// Metres by which a line must lead away from a point and come back to be near it twice.
    private static let hump = 30.0

    /// The place of a distance along a line; nil for a line without length.
    ///
    /// O(log passes + log segments of the edge).
    func place(at distance: Double, along line: Int, offset: Double = 0) -> LinePlace? {
        guard let pass = pass(at: distance, along: line) else { return nil }
        let row = segments(of: Int(passes[pass].edge))
        let along = Float(distance - passes[pass].start)
        let next = row.partitioningIndex { segments[$0].distance > along }
        return LinePlace(
            pass: Int32(pass), segment: Int32(max(row.lowerBound, next - 1)), distance: distance,
            offset: offset)
    }

    /// Calls `body` with the nearest place of each separate stretch of a line that is within `reach`
    /// of a point, in order along the line.
    ///
    /// Looks at distances from `low` to `high` only, scanning from a place not far beyond `low`:
    /// O(segments in range), and no look-up in the grid.
    @inline(__always)
    func forEachPlace(
        onLine line: Int, near point: PlanePoint, from low: Double, to high: Double,
        scanningFrom hint: LinePlace, within reach: Double, _ body: (LinePlace) -> Void
    ) {
        let ground = PlanePoint(x: point.x - origin.x, y: point.y - origin.y)
        var scan = LineScan(self, line: line, at: hint)
        scan.goBack(to: low, in: self)
        var stretch = Stretch(reach: reach, hump: Self.hump)
        while let place = scan.next(near: ground, from: low, to: high, in: self) {
            if let left = stretch.take(place, past: scan.corner) { body(left) }
        }
        if let last = stretch.nearest { body(last) }
    }

    /// Cosine of the angle between the ways that the segments of two places lead.
    @inline(__always)
    func cosine(_ one: LinePlace, _ other: LinePlace) -> Double {
        let one = segments[Int(one.segment)]
        let other = segments[Int(other.segment)]
        return Double(one.directionX * other.directionX + one.directionY * other.directionY)
    }
}

/// Where on a line a scan is.
private struct LineScan {
    private var pass: Int
    private var segment: Int
    private var row: Range<Int>
    private let passes: Range<Int>
    /// Metres from the point to where the last segment starts: between the places nearest to it on
    /// that segment and on the one before, the line is nowhere farther.
    private(set) var corner = 0.0

    @inline(__always)
    init(_ edges: EdgeSet, line: Int, at place: LinePlace) {
        pass = Int(place.pass)
        segment = Int(place.segment)
        row = edges.segments(of: Int(edges.passes[pass].edge))
        passes = edges.passes(of: line)
    }

    /// Metres along the line where the present segment starts.
    @inline(__always)
    private func start(in edges: EdgeSet) -> Double {
        edges.passes[pass].start + Double(edges.segments[segment].distance)
    }

    @inline(__always)
    mutating func goBack(to distance: Double, in edges: EdgeSet) {
        while start(in: edges) > distance {
            if segment > row.lowerBound {
                segment -= 1
            } else if pass > passes.lowerBound {
                pass -= 1
                row = edges.segments(of: Int(edges.passes[pass].edge))
                segment = row.upperBound - 1
            } else {
                return
            }
        }
    }

    /// The place nearest to a point on the next segment, held between two distances; nil beyond.
    @inline(__always)
    mutating func next(
        near point: PlanePoint, from low: Double, to high: Double, in edges: EdgeSet
    ) -> LinePlace? {
        if segment >= row.upperBound {
            guard pass + 1 < passes.upperBound else { return nil }
            pass += 1
            row = edges.segments(of: Int(edges.passes[pass].edge))
            segment = row.lowerBound
        }
        let start = start(in: edges)
        guard start <= high else { return nil }
        defer { segment += 1 }
        let piece = edges.segments[segment]
        let scale = Double(piece.stretch)
        let east = Float(point.x) - piece.x
        let north = Float(point.y) - piece.y
        corner = Double((east * east + north * north).squareRoot())
        let nearest = max(0, min(piece.chord, east * piece.directionX + north * piece.directionY))
        let distance = min(max(start + Double(nearest) * scale, low), high)
        let along = scale > 0 ? Float((distance - start) / scale) : 0
        let x = east - along * piece.directionX
        let y = north - along * piece.directionY
        return LinePlace(
            pass: Int32(pass), segment: Int32(segment), distance: distance,
            offset: Double((x * x + y * y).squareRoot()))
    }
}

/// The nearest place of a stretch of line near a point, while the line is scanned.
private struct Stretch {
    let reach: Double
    let hump: Double
    private(set) var nearest: LinePlace?
    /// The farthest that the line has led away since, if that is beyond the hump.
    private var peak = 0.0

    @inline(__always)
    init(reach: Double, hump: Double) {
        self.reach = reach
        self.hump = hump
    }

    /// Takes the next place, to which the line leads past a corner so many metres off; returns the
    /// nearest of the stretch that ends on the way, if one does.
    @inline(__always)
    mutating func take(_ place: LinePlace, past corner: Double) -> LinePlace? {
        guard let known = nearest else {
            if place.offset <= reach { nearest = place }
            return nil
        }
        if corner > known.offset + hump { peak = max(peak, corner) }
        if place.offset > reach || corner > reach || place.offset < peak - hump {
            nearest = place.offset <= reach ? place : nil
            peak = 0
            return known
        }
        if place.offset < known.offset {
            nearest = place
            peak = 0
        } else if place.offset > known.offset + hump {
            peak = max(peak, place.offset)
        }
        return nil
    }
}
