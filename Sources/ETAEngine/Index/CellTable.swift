public import TransitModel

/// One bus's way through one cell.
@frozen
public struct CellTraversal: Hashable, Sendable {
    /// Seconds that can be kept; longer ways are kept as this.
    public static let longest = 3276.7

    /// When the bus left the cell, to the second.
    public var exit: Timestamp
    /// Seconds from entry to exit, to the tenth, at most ``longest``.
    public var duration: Double
    /// The number that the caller knows the vehicle by.
    public var vehicle: UInt16
    /// Whether the bus was not seen in the cell: entry and exit are read off the same move.
    public var isInterpolated: Bool

    /// Makes a traversal.
    public init(
        exit: Timestamp, duration: Double, vehicle: UInt16, isInterpolated: Bool = false
    ) {
        self.exit = exit
        self.duration = duration
        self.vehicle = vehicle
        self.isInterpolated = isInterpolated
    }
}

/// What buses did lately in each cell of a network, in fixed memory.
///
/// Each cell has a ring of its latest 16 traversals, of 8 bytes each, and the running state of its
/// pace: less than 192 bytes in all, made once. Entering a traversal and looking one up takes O(1)
/// and allocates nothing; a table that is copied shares its memory until one of the two changes.
public struct CellTable: Sendable {
    /// Traversals kept of each cell.
    public static let depth = 16

    /// The cells.
    public let cells: EdgeCells
    private(set) var records: [CellRecord]

    /// A table in which no bus has passed.
    public init(_ cells: EdgeCells) {
        self.cells = cells
        var records: [CellRecord] = []
        records.reserveCapacity(cells.count)
        for edge in 0..<cells.edges.count {
            let row = cells.cells(of: edge)
            let length = cells.edges.lengths[edge] / Float(row.count)
            for _ in row { records.append(CellRecord(length: length)) }
        }
        self.records = records
    }

    /// Bytes of the table, its cells' places left out.
    public var memory: Int { records.count * MemoryLayout<CellRecord>.stride }

    /// How many traversals of a cell are held, at most ``depth``.
    public func count(in cell: Int) -> Int { records[cell].count }

    /// The traversal of a cell entered `age` insertions ago, 0 for the newest; `age` must be under
    /// ``count(in:)``.
    public func traversal(in cell: Int, age: Int) -> CellTraversal {
        precondition(age < records[cell].count, "not held")
        return records[cell].traversal(age: age)
    }

    /// Who passed a cell last, and when.
    public func latest(in cell: Int) -> CellTraversal? {
        count(in: cell) > 0 ? records[cell].traversal(age: 0) : nil
    }

    /// The latest traversals of a cell, the newest first, at most `limit`.
    public func latest(
        _ limit: Int, in cell: Int
    ) -> some RandomAccessCollection<CellTraversal> {
        (0..<min(limit, count(in: cell))).lazy.map { [record = records[cell]] in
            record.traversal(age: $0)
        }
    }

    /// Whether the same traversals are held as in a table of the same cells.
    public func holdsTheSame(as other: CellTable) -> Bool {
        records.indices.allSatisfy { cell in
            count(in: cell) == other.count(in: cell) && pace(in: cell) == other.pace(in: cell)
                && (0..<count(in: cell)).allSatisfy {
                    traversal(in: cell, age: $0) == other.traversal(in: cell, age: $0)
                }
        }
    }

    /// The running state of a cell's pace.
    public func pace(in cell: Int) -> CellPace { records[cell].pace }

    /// Enters a traversal; O(1), allocates nothing.
    ///
    /// `expected` are the seconds that the traversal should have taken, for the filter of what the
    /// latest buses did; without them it is the mean of the cell.
    public mutating func insert(
        _ traversal: CellTraversal, in cell: Int, expected: Double? = nil,
        filter: PaceFilter = PaceFilter()
    ) {
        records[cell].insert(traversal, expected: expected, filter: filter)
    }

    /// Enters what a move along a line finished; O(cells finished), allocates nothing.
    ///
    /// Entry and exit are read off an even move from `start` to `end`; see ``CellWalk`` for what
    /// counts.
    public mutating func insert(
        _ walk: inout CellWalk, along line: Int, from start: LineMoment, to end: LineMoment,
        vehicle: UInt16, filter: PaceFilter = PaceFilter()
    ) {
        walk.move(along: line, from: start, to: end, in: cells) {
            records[$0].insert(
                CellTraversal(
                    exit: $2, duration: $2 - $1, vehicle: vehicle, isInterpolated: $3),
                expected: nil, filter: filter)
        }
    }
}

/// The memory of one cell: at most 192 bytes.
struct CellRecord: Sendable {
    /// Metres.
    private let length: Float
    private(set) var pace = CellPace()
    private var head: UInt8 = 0
    private var held: UInt8 = 0
    private var ring = InlineArray<16, PackedTraversal>(repeating: PackedTraversal())

    init(length: Float) { self.length = length }

    var count: Int { Int(held) }

    func traversal(age: Int) -> CellTraversal {
        ring[(Int(head) + CellTable.depth - 1 - age) % CellTable.depth].traversal
    }

    mutating func insert(_ traversal: CellTraversal, expected: Double?, filter: PaceFilter) {
        ring[Int(head)] = PackedTraversal(traversal)
        head = (head + 1) % UInt8(CellTable.depth)
        held = min(held + 1, UInt8(CellTable.depth))
        pace.observe(
            traversal, metres: max(1, Double(length)), expected: expected, filter: filter)
    }
}

/// A traversal in 8 bytes.
private struct PackedTraversal: Sendable {
    private var exit: UInt32 = 0
    /// Tenths of a second in the lower 15 bits; above them whether it is interpolated.
    private var duration: UInt16 = 0
    private var vehicle: UInt16 = 0

    init() {}

    init(_ traversal: CellTraversal) {
        let seconds = min(CellTraversal.longest, max(0, traversal.duration))
        exit = UInt32(clamping: Int64(traversal.exit.seconds.rounded()))
        duration = UInt16((seconds * 10).rounded()) | (traversal.isInterpolated ? 0x8000 : 0)
        vehicle = traversal.vehicle
    }

    var traversal: CellTraversal {
        CellTraversal(
            exit: Timestamp(Double(exit)), duration: Double(duration & 0x7FFF) / 10,
            vehicle: vehicle, isInterpolated: duration & 0x8000 != 0)
    }
}
