import Geometry
import TransitModel

/// A row of `shapes.txt`.
struct ShapePointRow {
    let id: Cell
    let coordinate: Coordinate
    let sequence: Int

    init?(_ table: TableReader) {
        guard let id = table.id(.shapeID, otherwise: "the point is dropped"),
            table.isGiven(.shapePtSequence, otherwise: "the point is dropped"),
            let sequence = table.integer(.shapePtSequence, otherwise: "the point is dropped"),
            let coordinate = table.coordinate(
                .shapePtLat,
                .shapePtLon,
                missing: .missingRequiredField,
                otherwise: "the point is dropped"
            )
        else { return nil }
        self.id = id
        self.coordinate = coordinate
        self.sequence = sequence
    }
}

extension NetworkCompiler {
    private struct Point {
        let sequence: Int
        let place: PlanePoint
    }

    /// Reads the lines that buses drive.
    ///
    /// `shape_dist_traveled` is not needed: its unit is anyone's guess, and the points say where
    /// the line runs.
    mutating func readShapes() throws(ScheduleError) {
        guard var table = try open(.shapes) else { return }
        var points: [[Point]] = []
        while table.next() {
            guard let row = ShapePointRow(table) else { continue }
            let (shape, isNew) = shapeIDs.insert(row.id, in: table.bytes)
            if isNew { points.append([]) }
            let place = parts.plane.point(row.coordinate)
            points[shape].append(Point(sequence: row.sequence, place: place))
        }
        close(table)
        for shape in points.indices { addShape(shape, &points[shape]) }
    }

    private mutating func addShape(_ shape: Int, _ points: inout [Point]) {
        let id = shapeIDs.text(shape)
        if zip(points, points.dropFirst()).contains(where: { $0.sequence >= $1.sequence }) {
            points = inOrder(points, of: id)
        }
        guard let line = Polyline(points.map(\.place)) else { return }
        if line.length == 0 {
            log.report(
                .singleShapePoint,
                file: FeedFile.shapes.rawValue,
                column: .shapeID,
                value: id,
                "is a single place; its trips are drawn straight from stop to stop"
            )
        }
        parts.shapes.elements.append(Shape(id: id, line: line))
    }

    private func inOrder(_ points: [Point], of id: String) -> [Point] {
        let sorted = points.enumerated()
            .sorted { ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset) }
            .map(\.element)
        var kept: [Point] = []
        for point in sorted where kept.last?.sequence != point.sequence { kept.append(point) }
        if kept.count < points.count {
            log.report(
                .duplicateKey,
                file: FeedFile.shapes.rawValue,
                column: .shapePtSequence,
                value: id,
                "\(points.count - kept.count) points of this shape repeat a sequence; the first "
                    + "are kept"
            )
        }
        return kept
    }
}
