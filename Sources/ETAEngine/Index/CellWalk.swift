public import TransitModel

/// A place on a line at a moment.
@frozen
public struct LineMoment: Hashable, Sendable {
    /// Metres along the line.
    public var distance: Double
    /// When the bus was there.
    public var time: Timestamp

    /// Makes a moment on a line.
    public init(distance: Double, time: Timestamp) {
        self.distance = distance
        self.time = time
    }

    /// When a bus that goes evenly from here to `end` passes a distance between.
    @inline(__always)
    func time(at distance: Double, towards end: LineMoment) -> Timestamp {
        let length = end.distance - self.distance
        guard length > 0 else { return end.time }
        return time + (end.time - time) * ((distance - self.distance) / length)
    }
}

/// Where a bus is in the cells of its line, and since when: what must be kept of each vehicle to
/// make traversals of its moves.
///
/// Only cells count that the bus was seen to enter at their start and to leave at their end. So
/// the first cell of a line never counts, nor that in which a walk begins; a bus has left a cell
/// when it is beyond it, or at the end of its line. Going back counts for nothing until the bus
/// comes further than it had been.
public struct CellWalk: Hashable, Sendable {
    private var line = -1
    private var pass = 0
    /// Which cell of the edge.
    private var part = 0
    /// Metres along the line that the bus has reached.
    private var reached = 0.0
    private var entry: Timestamp?

    /// A walk that has not begun.
    public init() {}

    /// Forgets the cell the bus is in: what follows is a new journey.
    public mutating func stop() { line = -1 }

    /// Takes a move along a line, and calls `body` with each cell that was finished on it.
    ///
    /// A move on another line, or one that starts beyond where the last one ended, begins anew.
    /// O(cells finished), and O(log edges of the line) where a walk begins.
    @inline(__always)
    mutating func move(
        along line: Int, from start: LineMoment, to end: LineMoment, in cells: EdgeCells,
        body: (_ cell: Int, _ entry: Timestamp, _ exit: Timestamp, _ isInterpolated: Bool) -> Void
    ) {
        if line != self.line || start.distance > reached + 0.01 {
            guard begin(at: start.distance, along: line, in: cells) else { return }
        }
        guard end.distance > reached else { return }
        reached = end.distance
        let passes = cells.edges.passes(of: line)
        var isEnteredNow = false
        while pass < passes.upperBound {
            let edge = Int(cells.edges.passes[pass].edge)
            let row = cells.cells(of: edge)
            let limit = self.limit(of: row, in: cells)
            let isEnd = pass + 1 == passes.upperBound && part + 1 == row.count
            guard end.distance > limit || (isEnd && end.distance >= limit) else { return }
            let exit = start.time(at: limit, towards: end)
            if let entry { body(row.lowerBound + part, entry, exit, isEnteredNow) }
            entry = exit
            isEnteredNow = true
            part += 1
            if part == row.count { (pass, part) = (pass + 1, 0) }
        }
    }

    /// Metres along the line where the present cell ends.
    private func limit(of row: Range<Int>, in cells: EdgeCells) -> Double {
        let start = cells.edges.passes[pass].start
        let length = cells.edges.end(ofPass: pass, of: line) - start
        return start + length * (Double(part + 1) / Double(row.count))
    }

    /// Puts the walk into the cell of a line that holds a distance; false on a line without cells.
    private mutating func begin(at distance: Double, along line: Int, in cells: EdgeCells) -> Bool {
        entry = nil
        guard let found = cells.edges.pass(at: distance, along: line) else {
            self.line = -1
            return false
        }
        self.line = line
        pass = found
        reached = distance
        let row = cells.cells(of: Int(cells.edges.passes[pass].edge))
        part = 0
        while part + 1 < row.count, limit(of: row, in: cells) < distance { part += 1 }
        return true
    }
}
