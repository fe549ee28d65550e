import Geometry

/// A line in boxes, to find where it comes near a point without looking at all of it.
struct Course {
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

    let line: Polyline
    /// Starts of the segments that have a length, and the end of the last.
    private let points: [PlanePoint]
    private let distances: [Double]
    private let boxes: [Box]

    init(_ line: Polyline) {
        self.line = line
        let kept = line.points.indices.filter {
            $0 == 0 || line.distances[$0] > line.distances[$0 - 1]
        }
        let points = kept.count == line.points.count ? line.points : kept.map { line.points[$0] }
        self.points = points
        distances = kept.count == points.count && kept.count == line.points.count
            ? line.distances : kept.map { line.distances[$0] }
        boxes = stride(from: 0, to: max(1, points.count - 1), by: Self.boxLength).map { start in
            var box = Box(low: points[start], high: points[start])
            for index in start...min(start + Self.boxLength, points.count - 1) {
                box.include(points[index])
            }
            return box
        }
    }

    /// Every place where the line comes nearest to a point for a while, in order along the line.
    ///
    /// Those farther than `reach` metres, and than twice the nearest, are left out.
    func passes(of point: PlanePoint, within reach: Double) -> [PolylineLocation] {
        let near = minima(of: point, within: reach)
        let nearest = near.reduce(Double.infinity) { min($0, $1.offset) }
        if nearest <= reach / 2 { return near }
        if nearest <= reach { return minima(of: point, within: 2 * nearest) }
        let all = minima(of: point, within: .infinity)
        let limit = all.reduce(Double.infinity) { min($0, 2 * $1.offset) }
        return all.filter { $0.offset <= limit }
    }

    /// The local minima of the distance to a point that are no farther than `reach` metres.
    private func minima(of point: PlanePoint, within reach: Double) -> [PolylineLocation] {
        guard points.count > 1 else {
            let place = PolylineLocation(distanceAlong: 0, offset: points[0].distance(to: point))
            return place.offset <= reach ? [place] : []
        }
        var minima: [PolylineLocation] = []
        let limit = reach * reach
        for box in boxes.indices where boxes[box].squaredDistance(to: point) <= limit {
            let start = box * Self.boxLength
            for segment in start..<min(start + Self.boxLength, points.count - 1) {
                addMinima(of: point, onSegment: segment, within: reach, to: &minima)
            }
        }
        return minima
    }

    /// A minimum lies inside a segment, or at a vertex that ends a segment coming nearer and starts
    /// one going away.
    private func addMinima(
        of point: PlanePoint,
        onSegment index: Int,
        within reach: Double,
        to minima: inout [PolylineLocation]
    ) {
        let share = share(of: point, onSegment: index)
        if share <= 0, index == 0 || self.share(of: point, onSegment: index - 1) >= 1 {
            add(at: 0, index, point, reach, &minima)
        } else if share > 0, share < 1 {
            add(at: share, index, point, reach, &minima)
        }
        if share >= 1, index == points.count - 2 { add(at: 1, index, point, reach, &minima) }
    }

    private func add(
        at share: Double,
        _ index: Int,
        _ point: PlanePoint,
        _ reach: Double,
        _ minima: inout [PolylineLocation]
    ) {
        let start = points[index]
        let end = points[index + 1]
        let foot = PlanePoint(
            x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share)
        let offset = foot.distance(to: point)
        guard offset <= reach else { return }
        let along = distances[index] + share * (distances[index + 1] - distances[index])
        minima.append(PolylineLocation(distanceAlong: along, offset: offset))
    }

    /// Where the foot of the perpendicular lies: 0 at the segment's start, 1 at its end, and beyond.
    private func share(of point: PlanePoint, onSegment index: Int) -> Double {
        let start = points[index]
        let dx = points[index + 1].x - start.x
        let dy = points[index + 1].y - start.y
        return ((point.x - start.x) * dx + (point.y - start.y) * dy) / (dx * dx + dy * dy)
    }
}

extension Polyline {
    /// The place at a distance along the line, with how far a point is from it.
    func place(of point: PlanePoint, at distance: Double) -> PolylineLocation {
        PolylineLocation(
            distanceAlong: distance,
            offset: self.point(at: distance).distance(to: point)
        )
    }
}
