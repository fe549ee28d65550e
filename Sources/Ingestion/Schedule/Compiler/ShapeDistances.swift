import Geometry
import TransitModel

/// What `shape_dist_traveled` says of one point of a shape, kept to check it; nothing is measured by
/// it.
struct ShapeDistance {
    /// The cell's number; NaN for a blank one.
    let distance: Double
    let coordinate: Coordinate
    let line: Int32
}

extension NoticeLog {
    /// Reports distances that do not grow along a shape as its points do.
    func check(_ marks: [ShapeDistance]) {
        for (last, next) in zip(marks, marks.dropFirst()) {
            if last.distance > next.distance {
                report(.decreasingShapeDistance, next, "is less than at the point before")
            } else if last.distance == next.distance, isApart(last.coordinate, next.coordinate) {
                report(.equalShapeDistance, next, "is as at the point before, which lies elsewhere")
            }
        }
    }

    /// Whether two points differ by more than rounding does.
    private func isApart(_ one: Coordinate, _ other: Coordinate) -> Bool {
        one != other && one.distance(to: other) >= 1.11
    }

    private func report(_ code: NoticeCode, _ mark: ShapeDistance, _ message: String) {
        report(
            code, file: FeedFile.shapes.rawValue, line: Int(mark.line), column: .shapeDistTraveled,
            value: String(mark.distance),
            message + "; arrivals are not touched, as positions "
                + "come from the points")
    }
}
