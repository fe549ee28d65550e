/// Numbers edges along a Z-order curve (Morton 1966), so that what is near on the ground is near in
/// memory: a look-up in a large network waits for memory more than for anything else.
struct EdgeOrder {
    /// Metres within which edges keep the order they had.
    private static let step = 128.0
    /// Of each edge its former number.
    private let former: [Int32]

    init(segments: [EdgeSegment], starts: [Int32]) {
        var keys: [(key: UInt64, edge: Int32)] = []
        keys.reserveCapacity(starts.count)
        for edge in 0..<starts.count - 1 {
            let row = starts.row(edge)
            keys.append((Self.key(of: segments[row.lowerBound + row.count / 2]), Int32(edge)))
        }
        keys.sort { ($0.key, $0.edge) < ($1.key, $1.edge) }
        former = keys.map(\.edge)
    }

    /// Rows of a table in the new order.
    func arranged<Row>(_ rows: [Row]) -> [Row] { former.map { rows[Int($0)] } }

    /// Segments in the new order, and where those of each edge start.
    func arranged(_ segments: [EdgeSegment], starts: [Int32]) -> ([EdgeSegment], [Int32]) {
        var moved: [EdgeSegment] = []
        moved.reserveCapacity(segments.count)
        var movedStarts: [Int32] = [0]
        movedStarts.reserveCapacity(starts.count)
        for (edge, former) in former.enumerated() {
            for var segment in segments[starts.row(Int(former))] {
                segment.label = segment.label.moved(to: edge)
                moved.append(segment)
            }
            movedStarts.append(Int32(moved.count))
        }
        return (moved, movedStarts)
    }

    /// Passes over the edges by their new numbers.
    func renumbered(_ passes: [LinePass]) -> [LinePass] {
        var present = former
        for (edge, former) in former.enumerated() { present[Int(former)] = Int32(edge) }
        return passes.map { LinePass(edge: present[Int($0.edge)], start: $0.start) }
    }

    private static func key(of segment: EdgeSegment) -> UInt64 {
        spread(segment.x) | spread(segment.y) << 1
    }

    /// The bits of a position, every other one.
    private static func spread(_ metres: Float) -> UInt64 {
        var bits = UInt64(max(0, min(4e9, Double(metres) / step + 0x8000_0000)))
        bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF
        bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits << 2) & 0x3333_3333_3333_3333
        return (bits | bits << 1) & 0x5555_5555_5555_5555
    }
}
