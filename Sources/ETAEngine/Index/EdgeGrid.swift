public import Geometry

/// Finds every edge near a point by reading one cell.
///
/// A grid of square cells over the network. Each segment is entered in every cell that comes within
/// `reach` of it ("dilated insertion"), so that a look-up never visits neighbouring cells: it costs
/// one index and a distance test per entry. Cells hold copies of segments, one after the
/// other: in a large network positions of segments would take a sixth of the memory, but look-ups
/// a third longer, as they wait for memory once more.
///
/// Only blocks of cells that hold anything are in memory, so that it grows with the length of the
/// roads and not with the area; a directory of 4 bytes a square kilometre finds the block.
public struct EdgeGrid: Sendable {
    /// The edges that are found.
    public let edges: EdgeSet
    /// Metres from an edge within which a point is found.
    public let reach: Double
    /// Metres of a cell's side.
    public let cellSize: Double
    private let squaredReach: Float
    private let cells: CellDirectory
    /// Where each cell's entries start in `entries`; one more than there are cells.
    private let starts: [UInt32]
    private let entries: [EdgeSegment]

    /// Indexes the segments of `edges`; O(length of all edges), in time and memory.
    public init(_ edges: EdgeSet, reach: Double, cellSize: Double = 64) {
        self.edges = edges
        self.reach = reach
        squaredReach = Float(reach * reach)
        var filling = CellFilling(edges, reach: reach, cellSize: cellSize)
        filling.fill()
        cells = filling.cells
        self.cellSize = filling.cells.cellSize
        starts = filling.starts
        entries = filling.entries
    }

    /// Bytes of the grid, its edges left out.
    public var memory: Int {
        starts.count * MemoryLayout<UInt32>.stride + entries.count
            * MemoryLayout<EdgeSegment>.stride
            + cells.memory
    }

    /// Finds every edge within `reach` of a point: one place for each separate stretch, so that an
    /// edge that comes back on itself is found on both its legs.
    ///
    /// O(edges near the point). Distances are single precision: to 0.04 m, 300 km from the origin.
    public func find(_ point: PlanePoint, into places: inout NearbyEdges) {
        let x = point.x - edges.origin.x
        let y = point.y - edges.origin.y
        guard let cell = cells.cell(x: x, y: y) else { return places.removeAll() }
        let row = Int(starts[cell])..<Int(starts[cell + 1])
        entries.withUnsafeBufferPointer { entries in
            places.find(
                UnsafeBufferPointer(rebasing: entries[row]), x: Float(x), y: Float(y),
                limit: squaredReach)
        }
    }
}

/// Finds the cell of a point: cells are numbered block by block, and only of blocks that are held.
struct CellDirectory: Sendable {
    /// Cells along a side of a block.
    static let side = 16
    /// Blocks of which the directory knows where they are held, at most: 16 MB of them.
    static let capacity = 4_000_000

    /// Metres of a cell's side.
    let cellSize: Double
    private let scale: Double
    private let minX: Double
    private let minY: Double
    private let columns: Int
    private let rows: Int
    /// Cells from corner to corner.
    private let width: Double
    private let height: Double
    /// Of each block the number of its first cell, or -1.
    private var firstCells: [Int32]
    /// How many cells are held.
    private(set) var count = 0

    /// A directory over a box in metres; cells grow where the box is so wide that the directory
    /// itself would not fit.
    init(x: ClosedRange<Double>, y: ClosedRange<Double>, cellSize: Double) {
        var size = cellSize
        func blocks(_ range: ClosedRange<Double>) -> Double {
            ((range.upperBound - range.lowerBound) / (size * Double(Self.side))).rounded(.down) + 1
        }
        while blocks(x) * blocks(y) > Double(Self.capacity) { size *= 2 }
        self.cellSize = size
        scale = 1 / size
        (minX, minY) = (x.lowerBound, y.lowerBound)
        columns = Int(blocks(x))
        rows = Int(blocks(y))
        width = Double(columns * Self.side)
        height = Double(rows * Self.side)
        firstCells = [Int32](repeating: -1, count: columns * rows)
    }

    var memory: Int { firstCells.count * MemoryLayout<Int32>.stride }

    /// The cell that holds a point, unless nothing is in its block.
    @inline(__always)
    func cell(x: Double, y: Double) -> Int? {
        let east = (x - minX) * scale
        let north = (y - minY) * scale
        guard east >= 0, north >= 0, east < width, north < height else { return nil }
        return cell(column: Int(east), row: Int(north))
    }

    @inline(__always)
    private func cell(column: Int, row: Int) -> Int? {
        let first = firstCells[(row / Self.side) * columns + column / Self.side]
        guard first >= 0 else { return nil }
        return Int(first) + (row % Self.side) * Self.side + column % Self.side
    }

    /// The cell at a place of the grid; its block is held from now on.
    mutating func hold(column: Int, row: Int) -> Int {
        if let known = cell(column: column, row: row) { return known }
        firstCells[(row / Self.side) * columns + column / Self.side] = Int32(count)
        count += Self.side * Self.side
        return count - Self.side * Self.side + (row % Self.side) * Self.side + column % Self.side
    }

    /// Metres from the corner of the grid to a place.
    func fromCorner(x: Double, y: Double) -> (x: Double, y: Double) { (x - minX, y - minY) }

    /// The columns (or rows) that metres from the corner lie in, within the grid.
    func columns(_ from: Double, _ to: Double) -> ClosedRange<Int>? {
        Self.positions(from, to, scale, columns)
    }

    /// The rows that metres from the corner lie in, within the grid.
    func rows(_ from: Double, _ to: Double) -> ClosedRange<Int>? {
        Self.positions(from, to, scale, rows)
    }

    private static func positions(
        _ from: Double, _ to: Double, _ scale: Double, _ blocks: Int
    ) -> ClosedRange<Int>? {
        let low = max(0, (from * scale).rounded(.down))
        let high = min(Double(blocks * side - 1), (to * scale).rounded(.down))
        return low <= high ? Int(low)...Int(high) : nil
    }
}
