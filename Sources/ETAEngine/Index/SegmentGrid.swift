import Geometry
import TransitModel

/// A place on one of the lines that a ``SegmentGrid`` knows.
struct LineLocation: Hashable, Sendable {
    /// Position of the line in the set that the grid was made from.
    var line: Int
    /// Metres along the line and off it.
    var location: PolylineLocation
}

/// Finds every line near a point by reading one cell.
///
/// A flat grid of square cells over the network. Each segment is entered in every cell that comes
/// within `reach` of it ("dilated insertion"), so that a look-up never visits neighbouring cells:
/// it costs one index and a distance test per entry. Cells grow where a network is so wide that
/// the grid would not fit.
struct SegmentGrid: Sendable {
    /// Metres from a line within which a point is found.
    let reach: Double
    private let lines: [Polyline]
    private let cellSize: Double
    private let minX: Double
    private let minY: Double
    private let columns: Int
    private let rows: Int
    /// Where each cell's entries start in `entries`; one more than there are cells.
    private let starts: [Int32]
    private let entries: [Entry]

    private struct Entry {
        var line: Int32
        var segment: Int32
    }

    /// Indexes the segments of `lines`; O(length of all lines).
    init(lines: [Polyline], reach: Double, cellSize: Double = 64, maximumCells: Int = 4_000_000) {
        self.lines = lines
        self.reach = reach
        let points = lines.flatMap(\.points)
        minX = (points.map(\.x).min() ?? 0) - reach
        minY = (points.map(\.y).min() ?? 0) - reach
        let width = (points.map(\.x).max() ?? 0) + reach - minX
        let height = (points.map(\.y).max() ?? 0) + reach - minY
        self.cellSize = max(cellSize, (width * height / Double(maximumCells)).squareRoot())
        columns = Int(width / self.cellSize) + 1
        rows = Int(height / self.cellSize) + 1
        var filling = Filling(cells: columns * rows)
        for pass in Filling.Pass.allCases {
            filling.begin(pass)
            for (line, polyline) in lines.enumerated() {
                for segment in 0..<max(0, polyline.points.count - 1) {
                    let entry = Entry(line: Int32(line), segment: Int32(segment))
                    Self.cells(
                        of: (polyline.points[segment], polyline.points[segment + 1]),
                        origin: (minX, minY), cellSize: self.cellSize, columns: columns,
                        reach: reach
                    ) { filling.enter(entry, in: $0) }
                }
            }
        }
        starts = filling.starts
        entries = filling.entries
    }

    /// Every line within `reach` of a point: one location for each separate stretch of a line, so
    /// that a line that comes back on itself is found on both its legs.
    func locations(near point: PlanePoint) -> [LineLocation] {
        let column = Int(((point.x - minX) / cellSize).rounded(.down))
        let row = Int(((point.y - minY) / cellSize).rounded(.down))
        guard (0..<columns).contains(column), (0..<rows).contains(row) else { return [] }
        let cell = row * columns + column
        var found: [LineLocation] = []
        var previous = Entry(line: -1, segment: -2)
        for position in Int(starts[cell])..<Int(starts[cell + 1]) {
            let entry = entries[position]
            let location = lines[Int(entry.line)].locate(point, onSegment: Int(entry.segment))
            guard location.offset <= reach else { continue }
            let candidate = LineLocation(line: Int(entry.line), location: location)
            let continues = entry.line == previous.line && entry.segment == previous.segment + 1
            if continues, let last = found.last {
                if location.offset < last.location.offset { found[found.count - 1] = candidate }
            } else {
                found.append(candidate)
            }
            previous = entry
        }
        return found
    }

    /// Calls `body` with every cell that comes within `reach` of a segment.
    private static func cells(
        of segment: (start: PlanePoint, end: PlanePoint), origin: (x: Double, y: Double),
        cellSize: Double, columns: Int, reach: Double, body: (Int) -> Void
    ) {
        let (start, end) = segment
        func cell(_ value: Double, _ zero: Double) -> Int { Int((value - zero) / cellSize) }
        let half = cellSize / 2
        let limit = reach + half * 2.0.squareRoot()
        guard let line = Polyline([start, end]) else { return }
        let columnRange =
            cell(
                min(start.x, end.x) - reach, origin.x)...cell(max(start.x, end.x) + reach, origin.x)
        let rowRange =
            cell(
                min(start.y, end.y) - reach, origin.y)...cell(max(start.y, end.y) + reach, origin.y)
        for row in rowRange {
            for column in columnRange {
                let centre = PlanePoint(
                    x: origin.x + Double(column) * cellSize + half,
                    y: origin.y + Double(row) * cellSize + half)
                if line.locate(centre, onSegment: 0).offset <= limit {
                    body(row * columns + column)
                }
            }
        }
    }

    /// Compressed rows built in two passes: count, then place.
    private struct Filling {
        enum Pass: CaseIterable { case count, place }

        var starts: [Int32]
        var entries: [Entry] = []
        private var next: [Int32] = []
        private var pass = Pass.count

        init(cells: Int) { starts = [Int32](repeating: 0, count: cells + 1) }

        mutating func begin(_ pass: Pass) {
            self.pass = pass
            guard pass == .place else { return }
            for cell in 1..<starts.count { starts[cell] += starts[cell - 1] }
            entries = [Entry](
                repeating: Entry(line: 0, segment: 0), count: Int(starts[starts.count - 1]))
            next = starts
        }

        mutating func enter(_ entry: Entry, in cell: Int) {
            switch pass {
            case .count: starts[cell + 1] += 1
            case .place:
                entries[Int(next[cell])] = entry
                next[cell] += 1
            }
        }
    }
}
