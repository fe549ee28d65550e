import Foundation
import Geometry
import TransitModel

/// What `shape_dist_traveled` says of one point of a shape, kept to check it; nothing is measured by
/// it.
struct ShapeDistance {
    /// The cell's number; NaN for a blank one.
    let distance: Double
    let coordinate: Coordinate
    let line: Int32
    /// Bytes of the cell, to write the number as the file does; 255 for more.
    let length: UInt8

    init(distance: Double, coordinate: Coordinate, line: Int, length: Int) {
        self.distance = distance
        self.coordinate = coordinate
        self.line = Int32(truncatingIfNeeded: line)
        self.length = UInt8(clamping: length)
    }

    /// The number as the file has it; nil where its length does not tell how.
    var text: String? {
        guard distance.magnitude < 1e15 else { return nil }
        let decimals = max(0, Int(length) - String(Int(distance)).utf8.count - 1)
        let text = String(format: "%.*f", decimals, distance)
        return text.utf8.count == length && Double(text) == distance ? text : nil
    }
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
            value: mark.text,
            message + "; arrivals are not touched, as positions "
                + "come from the points")
    }
}
