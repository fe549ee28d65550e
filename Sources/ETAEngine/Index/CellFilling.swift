/// Enters segments in cells: compressed rows built in two passes, count and place.
struct CellFilling {
    private(set) var cells: CellDirectory
    private(set) var starts: [UInt32] = [0]
    private(set) var entries: [EdgeSegment] = []

    private let edges: EdgeSet
    private let reach: Double
    private var next: [UInt32] = []
    /// Of each cell, one more than the position of the segment entered last.
    private var latest: [UInt32] = []

    init(_ edges: EdgeSet, reach: Double, cellSize: Double) {
        self.edges = edges
        // What single precision rounds away must not take a segment out of a cell's reach.
        self.reach = reach + 0.25
        let box = Self.box(of: edges)
        let margin = self.reach + 1
        cells = CellDirectory(
            x: box.x.lowerBound - margin...box.x.upperBound + margin,
            y: box.y.lowerBound - margin...box.y.upperBound + margin, cellSize: cellSize)
    }

    mutating func fill() {
        for segment in edges.segments { forEachCell(near: segment) { $0.count($1) } }
        for cell in 1..<starts.count { starts[cell] += starts[cell - 1] }
        next = starts
        latest = [UInt32](repeating: .max, count: starts.count)
        let blank = EdgeSegment(
            x: 0, y: 0, directionX: 0, directionY: 0, chord: 0, distance: 0, stretch: 0,
            label: EdgeLabel())
        entries = [EdgeSegment](repeating: blank, count: Int(starts[starts.count - 1]))
        for (index, segment) in edges.segments.enumerated() {
            forEachCell(near: segment) { $0.place(segment, at: UInt32(index), in: $1) }
        }
    }

    private mutating func count(_ cell: Int) {
        if cell + 1 >= starts.count {
            starts.append(contentsOf: repeatElement(0, count: cells.count + 1 - starts.count))
        }
        starts[cell + 1] += 1
    }

    private mutating func place(_ segment: EdgeSegment, at index: UInt32, in cell: Int) {
        var entry = segment
        if latest[cell] == index, segment.label.bits & EdgeLabel.isFirst == 0 {
            entry.label.bits |= EdgeLabel.continues
        }
        latest[cell] = index + 1
        entries[Int(next[cell])] = entry
        next[cell] += 1
    }

    private static func box(
        of edges: EdgeSet
    ) -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
        guard let first = edges.segments.first else { return (0...0, 0...0) }
        var (lowX, highX) = (first.x, first.x)
        var (lowY, highY) = (first.y, first.y)
        for segment in edges.segments {
            let endX = segment.x + segment.chord * segment.directionX
            let endY = segment.y + segment.chord * segment.directionY
            (lowX, highX) = (min(lowX, segment.x, endX), max(highX, segment.x, endX))
            (lowY, highY) = (min(lowY, segment.y, endY), max(highY, segment.y, endY))
        }
        return (Double(lowX)...Double(highX), Double(lowY)...Double(highY))
    }

    /// Calls `body` with every cell that comes within reach of a segment.
    ///
    /// O(cells): row by row, the columns between the edges of a box that is drawn around the
    /// segment at the distance of `reach`, once along the axes and once along the segment.
    private mutating func forEachCell(
        near segment: EdgeSegment, _ body: (inout CellFilling, Int) -> Void
    ) {
        let box = OrientedBox(segment, reach: reach, half: cells.cellSize / 2, cells)
        guard let rows = cells.rows(box.low.y, box.high.y) else { return }
        for row in rows {
            let centre = (Double(row) + 0.5) * cells.cellSize
            guard let span = box.columns(atRow: centre),
                let columns = cells.columns(span.low, span.high)
            else { continue }
            for column in columns { body(&self, cells.hold(column: column, row: row)) }
        }
    }
}

/// The middles of cells that come within reach of a segment, in metres from the grid's corner.
private struct OrientedBox {
    /// The corners of the box along the axes that holds everything within reach.
    let low: (x: Double, y: Double)
    let high: (x: Double, y: Double)
    private let middle: (x: Double, y: Double)
    private let direction: (x: Double, y: Double)
    /// Metres that a cell's middle may be from the segment's middle, along it and across it.
    private let alongLimit: Double
    private let acrossLimit: Double
    private let half: Double

    init(_ segment: EdgeSegment, reach: Double, half: Double, _ cells: CellDirectory) {
        let start = cells.fromCorner(x: Double(segment.x), y: Double(segment.y))
        direction = (Double(segment.directionX), Double(segment.directionY))
        let chord = Double(segment.chord)
        let end = (x: start.x + chord * direction.x, y: start.y + chord * direction.y)
        low = (min(start.x, end.x) - reach, min(start.y, end.y) - reach)
        high = (max(start.x, end.x) + reach, max(start.y, end.y) + reach)
        middle = ((start.x + end.x) / 2, (start.y + end.y) / 2)
        let corner = half * (abs(direction.x) + abs(direction.y))
        alongLimit = chord / 2 + reach + corner
        acrossLimit = reach + corner
        self.half = half
    }

    /// The metres from west to east whose cells are near, in the row with its middle at `north`.
    func columns(atRow north: Double) -> (low: Double, high: Double)? {
        let y = north - middle.y
        var (west, east) = (low.x - half, high.x + half)
        guard
            Self.narrow(&west, &east, slope: direction.x, y * direction.y, alongLimit, middle.x),
            Self.narrow(&west, &east, slope: -direction.y, y * direction.x, acrossLimit, middle.x)
        else { return nil }
        // The cells whose middles lie between `west` and `east`.
        return (max(low.x, west + half), min(high.x, east - half))
    }

    /// Keeps the x for which the size of `slope * (x - middle) + rest` is at most `limit`.
    private static func narrow(
        _ west: inout Double, _ east: inout Double, slope: Double, _ rest: Double,
        _ limit: Double, _ middle: Double
    ) -> Bool {
        guard abs(slope) > 1e-9 else { return abs(rest) <= limit }
        let one = middle + (-limit - rest) / slope
        let other = middle + (limit - rest) / slope
        west = max(west, min(one, other))
        east = min(east, max(one, other))
        return west <= east
    }
}
