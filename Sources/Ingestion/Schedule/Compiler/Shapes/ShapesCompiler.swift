import Geometry
import TransitModel

/// The lines of a feed, with what was found on reading them.
struct CompiledShapes: Sendable {
    var ids = IDTable()
    /// For each id the shape that has it; nil where no point of it could be used.
    var indexes: [ShapeIndex?] = []
    var shapes = Table<Shape>()
    /// In step with ``shapes``: equal numbers for equal lines.
    var lines: [Int32] = []
    var findings = NoticeLog.Findings()
    var figures = FileFigures()
    /// Whether the feed is refused for them.
    var isRefused = false

    /// The shape with a GTFS id.
    func index(of id: String) -> ShapeIndex? {
        let bytes = Array(id.utf8)
        return ids.index(of: Cell(start: 0, end: bytes.count), in: bytes).flatMap { indexes[$0] }
    }
}

/// Makes lines of the rows of `shapes.txt`, one shape after the other.
///
/// `shape_dist_traveled` is only checked: its unit is anyone's guess, and the points say where the
/// line runs. Most files keep a shape's rows together; then a shape is done once its rows end.
/// Otherwise all points are gathered first.
struct ShapesCompiler {
    struct Point {
        let sequence: Int32
        let place: PlanePoint
    }

    private(set) var ids = IDTable()
    /// Whether a shape's rows went on after those of another.
    private(set) var isScattered = false
    /// Why there are too many of them, once there are.
    private(set) var failure: FeedFailure?
    /// Points gathered so far.
    private var gatheredCount = 0
    private let plane: LocalPlane
    private let log: NoticeLog
    private let limits: FeedLimits
    private let gathersFirst: Bool
    private var lines = LineSet()
    /// For each id the number of its line; -1 while it has none.
    private var numbers: [Int32] = []
    /// For each id the line where it stands first.
    private var firstLines: [Int32] = []
    private var gathered: [[Point]] = []
    private var gatheredMarks: [[ShapeDistance]] = []
    private var points: [Point] = []
    /// In step with the points where the file has distances, or else empty.
    private var marks: [ShapeDistance] = []
    private var current = -1

    init(plane: LocalPlane, gathersFirst: Bool, limits: FeedLimits, log: NoticeLog) {
        self.plane = plane
        self.limits = limits
        self.gathersFirst = gathersFirst
        self.log = log
    }

    /// Reads all rows, or those up to where a shape goes on that seemed done.
    mutating func read(_ table: inout TableReader) {
        let places = PlainShapePoint.Places(table)
        while !isScattered, failure == nil, table.next() {
            if !read(table) { table.lose() }
            if !gathersFirst, let places { takePlainRows(&table, places) }
        }
        finish()
        for shape in gathered.indices {
            points = gathered[shape]
            marks = gatheredMarks[shape]
            // What is done with goes at once.
            gathered[shape] = []
            gatheredMarks[shape] = []
            current = shape
            finish()
        }
    }

    /// Notes when the shapes, or points held, are more than a feed has.
    private mutating func checkLimits() {
        failure =
            failure ?? limits.shapes.failure(at: ids.count)
            ?? limits.heldShapePoints.failure(at: gatheredCount + points.count)
            ?? limits.shapePoints.failure(at: lines.pointCount)
    }

    /// The shapes that have a line, in order of appearance.
    func compiled() -> CompiledShapes {
        var compiled = CompiledShapes(ids: ids)
        for (id, number) in numbers.enumerated() {
            compiled.indexes.append(number < 0 ? nil : ShapeIndex(compiled.shapes.count))
            guard number >= 0 else { continue }
            let line = lines.lines[Int(number)]
            compiled.shapes.elements.append(Shape(id: ids.text(id), line: line))
            compiled.lines.append(number)
        }
        return compiled
    }

    /// Takes the points of the current shape that are as plain as nearly all are.
    private mutating func takePlainRows(
        _ table: inout TableReader, _ places: PlainShapePoint.Places
    ) {
        guard current >= 0, !isScattered, failure == nil else { return }
        // The row after so many goes the way of odd ones, on which the reason is told.
        let limit = limits.heldShapePoints.count
        let plain = PlainShapePoint(shape: current, shapes: ids, places: places)
        table.takePlainRows { bytes, cells, line in
            guard points.count <= limit,
                let (sequence, coordinate) = plain.point(bytes, cells)
            else { return false }
            if let place = places.distance {
                guard let distance = plain.distance(at: place, bytes, cells) else { return false }
                marks.append(
                    ShapeDistance(
                        distance: distance, coordinate: coordinate, line: line,
                        length: cells[place].range.count))
            }
            points.append(Point(sequence: sequence, place: plane.point(coordinate)))
            return true
        }
    }

    /// Reads a point; false when it cannot be used.
    private mutating func read(_ table: borrowing TableReader) -> Bool {
        guard let id = table.id(.shapeID, otherwise: "the point is dropped"),
            let sequence = sequence(table),
            let coordinate = table.coordinate(
                .shapePtLat, .shapePtLon, missing: .missingRequiredField,
                otherwise: "the point is dropped")
        else { return false }
        take(
            Point(sequence: sequence, place: plane.point(coordinate)), mark(coordinate, table),
            of: number(of: id, table))
        return true
    }

    private func mark(_ coordinate: Coordinate, _ table: borrowing TableReader) -> ShapeDistance? {
        guard table.has(.shapeDistTraveled) else { return nil }
        var distance = table.decimal(.shapeDistTraveled, otherwise: "not used")
        if let given = distance, given < 0 {
            table.report(.numberOutOfRange, in: .shapeDistTraveled, "is below zero; not used")
            distance = nil
        }
        return ShapeDistance(
            distance: distance ?? .nan, coordinate: coordinate, line: table.line,
            length: table.cell(.shapeDistTraveled).range.count)
    }

    private func sequence(_ table: borrowing TableReader) -> Int32? {
        let effect = "the point is dropped"
        guard let sequence = table.given(.shapePtSequence, otherwise: effect) else { return nil }
        if let sequence = Int32(exactly: sequence), sequence >= 0 { return sequence }
        table.report(.numberOutOfRange, in: .shapePtSequence, "is no sequence; \(effect)")
        return nil
    }

    private mutating func number(of id: Cell, _ table: borrowing TableReader) -> Int {
        let bytes = table.csv.window.bytes.span
        if current >= 0, ids.matches(current, id, in: bytes) { return current }
        let (number, isNew) = ids.insert(id, in: bytes)
        if isNew {
            numbers.append(-1)
            firstLines.append(Int32(truncatingIfNeeded: table.line))
            if gathersFirst {
                gathered.append([])
                gatheredMarks.append([])
            }
        }
        return number
    }

    private mutating func take(_ point: Point, _ mark: ShapeDistance?, of shape: Int) {
        if gathersFirst {
            gathered[shape].append(point)
            gatheredCount += 1
            checkLimits()
            if let mark { gatheredMarks[shape].append(mark) }
            return
        }
        if shape != current {
            finish()
            isScattered = numbers[shape] >= 0
            current = shape
        }
        points.append(point)
        if let mark { marks.append(mark) }
        checkLimits()
    }

    private mutating func finish() {
        defer {
            points.removeAll(keepingCapacity: true)
            marks.removeAll(keepingCapacity: true)
        }
        guard current >= 0, !points.isEmpty else { return }
        let id = ids.text(current)
        let isSorted = zip(points, points.dropFirst()).allSatisfy { $0.sequence < $1.sequence }
        if !isSorted { sort(id) }
        log.check(marks)
        guard let number = lines.number(of: points) else { return }
        numbers[current] = number
        if !gathersFirst { checkLimits() }
        guard lines.lines[Int(number)].length == 0 else { return }
        log.report(
            .singleShapePoint, file: FeedFile.shapes.rawValue, line: Int(firstLines[current]),
            column: .shapeID, value: id,
            "is a single place; its trips are drawn straight from stop to stop")
    }

    /// Brings the points in order of sequence, each of them once.
    private mutating func sort(_ id: String) {
        let sorted = points.indices
            .sorted { (points[$0].sequence, $0) < (points[$1].sequence, $1) }
        var kept: [Int] = []
        for index in sorted
        where kept.last.map({ points[$0].sequence }) != points[index].sequence {
            kept.append(index)
        }
        if kept.count < points.count {
            log.report(
                .duplicateKey, file: FeedFile.shapes.rawValue, line: Int(firstLines[current]),
                column: .shapeID, value: id,
                "\(points.count - kept.count) points of the shape that begins here repeat a "
                    + "shape_pt_sequence; the first are kept")
        }
        if !marks.isEmpty { marks = kept.map { marks[$0] } }
        points = kept.map { points[$0] }
    }
}
