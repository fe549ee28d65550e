#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A place on a ``Polyline``.
@frozen
public struct PolylineLocation: Hashable, Sendable {
    /// Metres along the line from its first point.
    public var distanceAlong: Double
    /// Metres from the line.
    public var offset: Double

    /// Makes a location from metres along and metres off the line.
    @inlinable
    public init(distanceAlong: Double, offset: Double) {
        self.distanceAlong = distanceAlong
        self.offset = offset
    }
}

/// A line of straight segments on a ``LocalPlane``, measured in metres from its first point.
///
/// Holds at least one point; with a single point its length is 0.
public struct Polyline: Hashable, Sendable {
    /// The vertices.
    public let points: [PlanePoint]
    /// Metres from the first vertex to each vertex, never falling.
    public let distances: [Double]

    /// Makes a line through `points`, or nil when there are none.
    public init?(_ points: [PlanePoint]) {
        guard let first = points.first else { return nil }
        var distances = [0.0]
        distances.reserveCapacity(points.count)
        var last = first
        var sum = 0.0
        for point in points.dropFirst() {
            sum += last.distance(to: point)
            distances.append(sum)
            last = point
        }
        self.points = points
        self.distances = distances
    }

    /// Metres from the first to the last vertex.
    public var length: Double { distances[distances.count - 1] }

    /// The segment (index of its first vertex) that holds a distance, clamped to the line.
    ///
    /// O(log n).
    public func segment(at distance: Double) -> Int {
        var low = 0
        var high = max(0, points.count - 2)
        while low < high {
            let middle = (low + high + 1) / 2
            if distances[middle] <= distance { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// The point at a distance along the line, clamped to its ends.
    ///
    /// O(log n).
    public func point(at distance: Double) -> PlanePoint {
        guard points.count > 1 else { return points[0] }
        let index = segment(at: distance)
        let start = points[index]
        let end = points[index + 1]
        let length = distances[index + 1] - distances[index]
        let share = length > 0 ? min(1, max(0, (distance - distances[index]) / length)) : 0
        return PlanePoint(
            x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share)
    }

    /// Direction of travel at a distance in degrees clockwise from north, 0 ..< 360.
    public func bearing(at distance: Double) -> Double {
        guard points.count > 1 else { return 0 }
        let index = segment(at: distance)
        let dx = points[index + 1].x - points[index].x
        let dy = points[index + 1].y - points[index].y
        let degrees = atan2(dx, dy) * 180 / .pi
        return degrees < 0 ? degrees + 360 : degrees
    }

    /// The place on one segment that is nearest to `point`.
    @inline(__always)
    public func locate(_ point: PlanePoint, onSegment index: Int) -> PolylineLocation {
        let start = points[index]
        let end = points[index + 1]
        let dx = end.x - start.x
        let dy = end.y - start.y
        let squared = dx * dx + dy * dy
        let along = (point.x - start.x) * dx + (point.y - start.y) * dy
        let share = squared > 0 ? min(1, max(0, along / squared)) : 0
        let foot = PlanePoint(x: start.x + dx * share, y: start.y + dy * share)
        return PolylineLocation(
            distanceAlong: distances[index] + share * (distances[index + 1] - distances[index]),
            offset: foot.distance(to: point))
    }

    /// The place nearest to `point` among distances in `range`; the first of equals.
    ///
    /// O(segments in range).
    ///
    /// A range that misses the line is clamped to its nearest end.
    public func locate(
        _ point: PlanePoint, within range: ClosedRange<Double> = 0...Double.infinity
    ) -> PolylineLocation {
        guard points.count > 1 else {
            return PolylineLocation(distanceAlong: 0, offset: points[0].distance(to: point))
        }
        let first = segment(at: range.lowerBound)
        let last = segment(at: min(range.upperBound, length))
        var best = PolylineLocation(distanceAlong: 0, offset: .infinity)
        for index in first...max(first, last) {
            var candidate = locate(point, onSegment: index)
            let clamped = min(max(candidate.distanceAlong, range.lowerBound), range.upperBound)
            if clamped != candidate.distanceAlong {
                let held = min(max(0, clamped), length)
                candidate = PolylineLocation(
                    distanceAlong: held, offset: self.point(at: held).distance(to: point))
            }
            if candidate.offset < best.offset { best = candidate }
        }
        return best
    }
}
