import Geometry

/// Finds every place where a line comes near a point, without looking at all of the line.
struct PassFinder {
    /// Places above which looking for more is in vain: a line that passes so often is scribble.
    static let limit = 30_000
    /// Segments in a box.
    private static let boxLength = 8

    private struct Box {
        var low: PlanePoint
        var high: PlanePoint

        /// Square of the distance to a point, in square metres; 0 inside.
        func squaredDistance(to point: PlanePoint) -> Double {
            let dx = max(low.x - point.x, 0, point.x - high.x)
            let dy = max(low.y - point.y, 0, point.y - high.y)
            return dx * dx + dy * dy
        }

        mutating func include(_ point: PlanePoint) {
            low = PlanePoint(x: min(low.x, point.x), y: min(low.y, point.y))
            high = PlanePoint(x: max(high.x, point.x), y: max(high.y, point.y))
        }
    }

    private let line: Polyline
    /// Ends of the segments that have a length.
    private let points: [PlanePoint]
    private let distances: [Double]
    private let boxes: [Box]

    init(_ line: Polyline) {
        self.line = line
        let isRising = zip(line.distances, line.distances.dropFirst()).allSatisfy { $0 < $1 }
        let kept =
            isRising
            ? []
            : line.points.indices.filter {
                $0 == 0 || line.distances[$0] > line.distances[$0 - 1]
            }
        let points = isRising ? line.points : kept.map { line.points[$0] }
        self.points = points
        distances = isRising ? line.distances : kept.map { line.distances[$0] }
        boxes = stride(from: 0, to: points.count - 1, by: Self.boxLength).map { start in
            Self.box(points, from: start)
        }
    }

    private static func box(_ points: [PlanePoint], from start: Int) -> Box {
        var box = Box(low: points[start], high: points[start])
        for index in start...min(start + boxLength, points.count - 1) {
            box.include(points[index])
        }
        return box
    }

    /// Metres from the first to the last vertex.
    var length: Double { line.length }

    /// Adds every place where the line comes nearest to a point for a while, in order along the
    /// line.
    ///
    /// Those farther than `reach` metres, and than twice the nearest, are left out.
    func addPasses(of point: PlanePoint, within reach: Double, to passes: inout [Pass]) {
        let start = passes.count
        addMinima(of: point, within: reach, to: &passes)
        let nearest = passes[start...].nearest
        if nearest <= reach / 2 { return }
        passes.removeSubrange(start...)
        if nearest <= reach {
            addMinima(of: point, within: 2 * nearest, to: &passes)
        } else {
            addMinima(of: point, within: .infinity, to: &passes)
            let limit = 2 * passes[start...].nearest
            let kept = passes[start...].filter { $0.offset <= limit }
            passes.replaceSubrange(start..., with: kept)
        }
    }

    /// Adds the local minima of the distance to a point that are no farther than `reach` metres.
    private func addMinima(
        of point: PlanePoint, within reach: Double, to minima: inout [Pass]
    ) {
        guard points.count > 1 else {
            let pass = Pass(distanceAlong: 0, foot: points[0], of: point)
            if pass.offset <= reach { minima.append(pass) }
            return
        }
        let limit = reach * reach
        for box in boxes.indices where boxes[box].squaredDistance(to: point) <= limit {
            if minima.count > Self.limit { return }
            let start = box * Self.boxLength
            for segment in start..<min(start + Self.boxLength, points.count - 1) {
                guard let share = minimum(of: point, onSegment: segment) else { continue }
                let pass = pass(of: point, onSegment: segment, at: share)
                if pass.offset <= reach { minima.append(pass) }
            }
        }
    }

    /// How far along a segment, from 0 to 1, the distance to a point is least; nil when it goes on
    /// falling at one of its ends.
    ///
    /// A minimum lies inside a segment, or at a vertex that ends a segment coming nearer and starts
    /// one going away; such a vertex counts with the segment that it starts.
    private func minimum(of point: PlanePoint, onSegment index: Int) -> Double? {
        let (along, squared) = projection(of: point, onSegment: index)
        if along <= 0 {
            guard index > 0 else { return 0 }
            let before = projection(of: point, onSegment: index - 1)
            return before.along >= before.squared ? 0 : nil
        }
        if along < squared { return along / squared }
        return index == points.count - 2 ? 1 : nil
    }

    /// Product of a segment's vector with that from its start to a point, and its squared length.
    private func projection(
        of point: PlanePoint, onSegment index: Int
    ) -> (along: Double, squared: Double) {
        let start = points[index]
        let dx = points[index + 1].x - start.x
        let dy = points[index + 1].y - start.y
        return ((point.x - start.x) * dx + (point.y - start.y) * dy, dx * dx + dy * dy)
    }

    private func pass(of point: PlanePoint, onSegment index: Int, at share: Double) -> Pass {
        let start = points[index]
        let end = points[index + 1]
        let foot = PlanePoint(
            x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share)
        let along = distances[index] + share * (distances[index + 1] - distances[index])
        return Pass(distanceAlong: along, foot: foot, of: point)
    }
}

/// A place where a line comes near a point.
struct Pass {
    /// Metres along the line.
    var distanceAlong: Double
    /// The place itself.
    var foot: PlanePoint
    /// Metres from the point.
    var offset: Double

    init(distanceAlong: Double, foot: PlanePoint, of point: PlanePoint) {
        self.distanceAlong = distanceAlong
        self.foot = foot
        offset = foot.distance(to: point)
    }

    /// Metres along the line and off the point.
    var location: PolylineLocation {
        PolylineLocation(distanceAlong: distanceAlong, offset: offset)
    }

    /// The same place as seen from another point.
    func seen(from point: PlanePoint) -> Pass {
        Pass(distanceAlong: distanceAlong, foot: foot, of: point)
    }
}

extension Sequence<Pass> {
    /// Metres of the nearest; infinite when there is none.
    var nearest: Double { reduce(Double.infinity) { Swift.min($0, $1.offset) } }
}
