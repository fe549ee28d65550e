public import Geometry

/// A stretch of road in one direction that the same lines run along from end to end.
///
/// An edge is the number of a row of an ``EdgeSet``.
public typealias EdgeNumber = Int

/// One straight piece of an edge: 32 bytes, metres from the origin of its ``EdgeSet``.
@frozen
public struct EdgeSegment: Sendable {
    /// Metres east of the origin to the start.
    public var x: Float
    /// Metres north of the origin to the start.
    public var y: Float
    /// Direction of travel, of length 1; 0 for a piece without length.
    public var directionX: Float
    /// Direction of travel, of length 1; 0 for a piece without length.
    public var directionY: Float
    /// Metres from start to end through the air.
    public var chord: Float
    /// Metres from the start of the edge to the start of the piece, along the line as drawn.
    public var distance: Float
    /// Metres of the line as drawn for each metre of the chord, at least 1 but for rounding.
    public var stretch: Float
    /// The edge, and whether the piece is its first or its last.
    @usableFromInline var label: EdgeLabel

    /// The edge that the piece belongs to.
    @inlinable public var edge: EdgeNumber { label.edge }

    /// The place on the piece that is nearest to a point: metres along the chord, and the square of
    /// those off it.
    @inline(__always)
    func locate(x: Float, y: Float) -> (along: Float, squaredOffset: Float) {
        let east = x - self.x
        let north = y - self.y
        let along = east * directionX + north * directionY
        let across = east * directionY - north * directionX
        let held = max(0, min(chord, along))
        let beyond = along - held
        return (held, across * across + beyond * beyond)
    }
}

/// One line's run along an edge.
@frozen
public struct EdgeUse: Hashable, Sendable {
    /// Position of the line among those the set was made from.
    public var line: Int32
    /// How many edges the line runs along before this one.
    public var order: Int32
    /// Metres along the line where the edge starts.
    public var start: Float
    /// Metres of the line on the edge, those of the edge but for the rounding of vertices.
    public var length: Float
}

/// One edge on the way of a line.
@frozen
public struct LinePass: Hashable, Sendable {
    /// The edge.
    public var edge: Int32
    /// Metres along the line where the edge starts.
    public var start: Double
}

/// The roads of a network: directed edges that are shared by all lines that run along them.
///
/// Lines are cut wherever one joins or leaves another, so that an edge has the same lines from end
/// to end. Two lines share an edge when they are drawn through the same places, within 0.1 m, in
/// the same order; lines drawn apart keep edges of their own, so nothing is ever measured on
/// another road than that which a line was drawn on.
///
/// Edges are simplified, but a distance means the same place as before: for every line and every
/// distance along it the edges give a place within 1.2 m of the line's own (a tolerance of 1 m and
/// the rounding of vertices), and the ends of every segment have the distances they had.
///
/// Building takes O(points of all lines) and memory is linear in it; everything else is O(1).
public struct EdgeSet: Sendable {
    /// Metres that simplification may move a place.
    public static let tolerance = 1.0

    /// The place on the plane that the segments are measured from.
    public let origin: PlanePoint
    /// The segments of all edges, one edge after the other.
    public let segments: [EdgeSegment]
    /// Metres of each edge, as its first line has it.
    public let lengths: [Float]
    /// The lines' passes over edges, one line after the other.
    public let passes: [LinePass]
    /// Metres of each line.
    public let lineLengths: [Double]
    /// The uses of all edges, one edge after the other.
    public let uses: [EdgeUse]
    private let segmentStarts: [Int32]
    private let passStarts: [Int32]
    private let useStarts: [Int32]

    /// How many edges there are.
    public var count: Int { lengths.count }

    /// Bytes of all tables.
    public var memory: Int {
        segments.count * MemoryLayout<EdgeSegment>.stride + lengths.count * 4
            + passes.count * MemoryLayout<LinePass>.stride + lineLengths.count * 8
            + uses.count * MemoryLayout<EdgeUse>.stride
            + (segmentStarts.count + passStarts.count + useStarts.count) * 4
    }

    /// The positions of an edge's segments, in order of travel.
    public func segments(of edge: EdgeNumber) -> Range<Int> { segmentStarts.row(edge) }

    /// The positions of an edge's uses, in order of line and distance.
    ///
    /// A line that uses the edge twice is there twice.
    public func uses(of edge: EdgeNumber) -> Range<Int> { useStarts.row(edge) }

    /// The positions of a line's passes, in order of travel.
    public func passes(of line: Int) -> Range<Int> { passStarts.row(line) }

    /// Metres along a line where a pass ends.
    public func end(ofPass pass: Int, of line: Int) -> Double {
        pass + 1 < passes(of: line).upperBound ? passes[pass + 1].start : lineLengths[line]
    }

    /// Cuts lines into edges.
    ///
    /// A line without length has no edges.
    public init(_ lines: [Polyline]) {
        let junctions = Junctions(lines)
        var cutting = EdgeCutting(lines, junctions)
        cutting.cut()
        let order = EdgeOrder(segments: cutting.segments, starts: cutting.segmentStarts)
        origin = cutting.origin
        (segments, segmentStarts) = order.arranged(
            cutting.segments, starts: cutting.segmentStarts)
        lengths = order.arranged(cutting.lengths)
        passes = order.renumbered(cutting.passes)
        lineLengths = lines.map(\.length)
        passStarts = cutting.passStarts
        (useStarts, uses) = Self.uses(
            of: passes, passStarts: passStarts, lineLengths: lineLengths, edges: lengths.count)
    }

    /// The passes by edge instead of by line.
    private static func uses(
        of passes: [LinePass], passStarts: [Int32], lineLengths: [Double], edges: Int
    ) -> ([Int32], [EdgeUse]) {
        var starts = [Int32](repeating: 0, count: edges + 1)
        for pass in passes { starts[Int(pass.edge) + 1] += 1 }
        for edge in 0..<edges { starts[edge + 1] += starts[edge] }
        var next = starts
        var uses = [EdgeUse](
            repeating: EdgeUse(line: 0, order: 0, start: 0, length: 0), count: passes.count)
        for line in lineLengths.indices {
            let row = passStarts.row(line)
            for pass in row {
                let edge = Int(passes[pass].edge)
                let start = passes[pass].start
                let end = pass + 1 < row.upperBound ? passes[pass + 1].start : lineLengths[line]
                uses[Int(next[edge])] = EdgeUse(
                    line: Int32(line), order: Int32(pass - row.lowerBound), start: Float(start),
                    length: Float(end - start))
                next[edge] += 1
            }
        }
        return (starts, uses)
    }
}

extension EdgeSet {
    /// The place that the edges give for a distance along a line, or nil for a line without length.
    ///
    /// O(log passes + segments of the edge).
    public func point(at distance: Double, along line: Int) -> PlanePoint? {
        guard let pass = pass(at: distance, along: line) else { return nil }
        let edge = Int(passes[pass].edge)
        let length = end(ofPass: pass, of: line) - passes[pass].start
        let share = length > 0 ? min(1, max(0, (distance - passes[pass].start) / length)) : 0
        return point(at: Float(share) * lengths[edge], on: edge)
    }

    /// The position of the pass of a line that holds a distance, clamped to the line.
    ///
    /// O(log passes).
    public func pass(at distance: Double, along line: Int) -> Int? {
        let row = passes(of: line)
        guard !row.isEmpty else { return nil }
        return max(row.lowerBound, row.partitioningIndex { passes[$0].start > distance } - 1)
    }

    private func point(at distance: Float, on edge: EdgeNumber) -> PlanePoint {
        let row = segments(of: edge)
        let index = row.last { segments[$0].distance <= distance } ?? row.lowerBound
        let segment = segments[index]
        let along = min(segment.chord, (distance - segment.distance) / segment.stretch)
        return PlanePoint(
            x: origin.x + Double(segment.x + along * segment.directionX),
            y: origin.y + Double(segment.y + along * segment.directionY))
    }
}

/// An edge's number and the place of a segment on it, in 4 bytes.
@frozen
@usableFromInline
struct EdgeLabel: Hashable, Sendable {
    /// Number times 8, and the flags.
    @usableFromInline var bits: UInt32

    static let isFirst: UInt32 = 1
    static let isLast: UInt32 = 2
    /// In a cell of a grid: the segment goes on from the one entered before it.
    static let continues: UInt32 = 4

    @inlinable var edge: EdgeNumber { Int(bits >> 3) }

    /// The same of another edge.
    func moved(to edge: EdgeNumber) -> EdgeLabel {
        EdgeLabel(bits: UInt32(edge) << 3 | bits & (Self.isFirst | Self.isLast))
    }

    init(bits: UInt32 = 0) { self.bits = bits }

    init(edge: EdgeNumber, isFirst: Bool, isLast: Bool) {
        bits = UInt32(edge) << 3 | (isFirst ? Self.isFirst : 0) | (isLast ? Self.isLast : 0)
    }
}

extension [Int32] {
    /// The range of a row, where the array holds the starts of rows and one more.
    @inline(__always)
    func row(_ index: Int) -> Range<Int> { Int(self[index])..<Int(self[index + 1]) }
}
