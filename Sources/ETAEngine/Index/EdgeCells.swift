/// The cells of a network: every edge split evenly into stretches of about the same length.
///
/// All lines that run along an edge share its cells, so that a bus of one line teaches the others.
/// Cells of one edge are numbered in order of travel, edge after edge.
public struct EdgeCells: Sendable {
    /// The edges that are split.
    public let edges: EdgeSet
    /// Of each edge the number of its first cell, and one more.
    private let starts: [Int32]

    /// Splits edges into cells of about `target` metres; an edge shorter than that is one cell.
    public init(_ edges: EdgeSet, target: Double = 100) {
        self.edges = edges
        var starts: [Int32] = [0]
        starts.reserveCapacity(edges.count + 1)
        for length in edges.lengths {
            let parts = max(1, Int32((Double(length) / target).rounded()))
            starts.append(starts[starts.count - 1] + parts)
        }
        self.starts = starts
    }

    /// How many cells there are.
    public var count: Int { Int(starts[starts.count - 1]) }

    /// The cells of an edge, in order of travel.
    public func cells(of edge: EdgeNumber) -> Range<Int> { starts.row(edge) }

    /// The cell that holds a distance in metres along an edge, clamped to its ends; O(1).
    public func cell(at distance: Double, on edge: EdgeNumber) -> Int {
        let row = cells(of: edge)
        let length = Double(edges.lengths[edge])
        let share = length > 0 ? distance / length : 0
        return row.lowerBound + Int(min(Double(row.count - 1), max(0, share * Double(row.count))))
    }

    /// The edge that a cell is part of; O(log edges).
    public func edge(of cell: Int) -> EdgeNumber {
        var range = 0..<edges.count
        while range.count > 1 {
            let middle = range.lowerBound + range.count / 2
            let isBefore = Int(starts[middle]) <= cell
            range = isBefore ? middle..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }

    /// Metres of a cell; O(log edges).
    public func length(of cell: Int) -> Double {
        let edge = edge(of: cell)
        return Double(edges.lengths[edge]) / Double(cells(of: edge).count)
    }
}
