import Geometry

extension Polyline {
    /// Every place where the line comes nearest to a point for a while, in order along the line.
    ///
    /// Those farther than `reach` metres, and than twice the nearest, are left out.
    func passes(of point: PlanePoint, within reach: Double) -> [PolylineLocation] {
        let minima = minima(of: point)
        let nearest = minima.reduce(Double.infinity) { min($0, $1.offset) }
        let limit = max(reach, 2 * nearest)
        return minima.filter { $0.offset <= limit }
    }

    /// The place at a distance along the line, with how far a point is from it.
    func place(of point: PlanePoint, at distance: Double) -> PolylineLocation {
        PolylineLocation(
            distanceAlong: distance,
            offset: self.point(at: distance).distance(to: point)
        )
    }

    /// The local minima of the distance to a point: inside a segment, or at a vertex that ends a
    /// segment coming nearer and starts one going away.
    private func minima(of point: PlanePoint) -> [PolylineLocation] {
        var minima: [PolylineLocation] = []
        var vertex: PolylineLocation? = place(of: point, at: 0)
        for index in points.indices.dropLast() where distances[index] < distances[index + 1] {
            let foot = locate(point, onSegment: index)
            if foot.distanceAlong <= distances[index] {
                if let vertex { minima.append(vertex) }
                vertex = nil
            } else if foot.distanceAlong >= distances[index + 1] {
                vertex = foot
            } else {
                minima.append(foot)
                vertex = nil
            }
        }
        if let vertex { minima.append(vertex) }
        return minima
    }
}
