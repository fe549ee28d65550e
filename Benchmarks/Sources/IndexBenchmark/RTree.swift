import ETAEngine
import Geometry

/// An R-tree over the same segments, packed by sort-tile-recursive (Leutenegger and others 1997),
/// to compare with: nodes of 16 boxes, numbers for pointers, no checks.
struct RTree {
    private static let fanout = 16
    private let segments: UnsafeMutableBufferPointer<EdgeSegment>
    /// Of each leaf's box, the segment.
    private let numbers: UnsafeMutableBufferPointer<Int32>
    /// Boxes from the leaves up, as (least x, least y, -greatest x, -greatest y).
    private let levels: UnsafeMutableBufferPointer<UnsafeMutableBufferPointer<SIMD4<Float>>>
    private let top: Int
    private let stack = UnsafeMutablePointer<(level: Int32, node: Int32)>.allocate(capacity: 4096)
    private let origin: PlanePoint
    private let reach: Float
    private let hits = UnsafeMutablePointer<Hit>.allocate(capacity: 4096)

    struct Hit {
        var segment: Int32
        var edge: Int32
        var distance: Float
        var squaredOffset: Float
    }

    init(_ edges: EdgeSet, reach: Double) {
        origin = edges.origin
        self.reach = Float(reach)
        segments = .allocate(capacity: max(1, edges.segments.count))
        _ = segments.initialize(from: edges.segments)
        let order = Self.order(of: edges.segments)
        numbers = .allocate(capacity: max(1, order.count))
        _ = numbers.initialize(from: order.map(Int32.init))
        var level = order.map { Self.box(of: edges.segments[$0]) }
        var levels = [level]
        while level.count > Self.fanout {
            level = stride(from: 0, to: level.count, by: Self.fanout).map { first in
                level[first..<min(first + Self.fanout, level.count)]
                    .reduce(SIMD4(repeating: .infinity)) { pointwiseMin($0, $1) }
            }
            levels.append(level)
        }
        top = levels.count - 1
        self.levels = .allocate(capacity: levels.count)
        _ = self.levels.initialize(
            from: levels.map {
                let buffer = UnsafeMutableBufferPointer<SIMD4<Float>>.allocate(
                    capacity: max(1, $0.count))
                _ = buffer.initialize(from: $0)
                return UnsafeMutableBufferPointer(rebasing: buffer[..<$0.count])
            })
    }

    var memory: Int {
        segments.count * MemoryLayout<EdgeSegment>.stride + numbers.count * 4
            + levels.reduce(0) { $0 + $1.count * 16 }
    }

    /// What ``EdgeGrid`` finds, in the same order.
    @inline(never)
    func find(_ point: PlanePoint) -> UnsafeBufferPointer<Hit> {
        let (x, y) = (Float(point.x - origin.x), Float(point.y - origin.y))
        let query = SIMD4(x + reach, y + reach, reach - x, reach - y)
        var depth = 0
        var count = 0
        push(0..<levels[top].count, top, query, &depth)
        while depth > 0 {
            depth -= 1
            let (level, node) = stack[depth]
            if level == 0 {
                test(Int(node), x, y, &count)
            } else {
                let first = Int(node) * Self.fanout
                let below = Int(level) - 1
                push(first..<min(first + Self.fanout, levels[below].count), below, query, &depth)
            }
        }
        return UnsafeBufferPointer(start: hits, count: joined(count))
    }

    @inline(__always)
    private func push(_ nodes: Range<Int>, _ level: Int, _ query: SIMD4<Float>, _ depth: inout Int)
    {
        let boxes = levels[level].baseAddress.unsafelyUnwrapped
        for node in nodes where all(boxes[node] .<= query) {
            stack[depth] = (Int32(truncatingIfNeeded: level), Int32(truncatingIfNeeded: node))
            depth &+= 1
        }
    }

    @inline(__always)
    private func test(_ leaf: Int, _ x: Float, _ y: Float, _ count: inout Int) {
        let number = numbers[leaf]
        let segment = segments[Int(number)]
        let (east, north) = (x - segment.x, y - segment.y)
        let whole = east * segment.directionX + north * segment.directionY
        let across = east * segment.directionY - north * segment.directionX
        let along = max(0, min(segment.chord, whole))
        let squared = across * across + (whole - along) * (whole - along)
        guard squared <= reach * reach else { return }
        // Leaves come in no order; where an edge goes on is seen only when they are sorted.
        var position = count
        while position > 0, hits[position - 1].segment > number {
            hits[position] = hits[position - 1]
            position &-= 1
        }
        hits[position] = Hit(
            segment: number, edge: Int32(truncatingIfNeeded: segment.edge),
            distance: segment.distance + along * segment.stretch, squaredOffset: squared)
        count &+= 1
    }

    /// Makes one hit of segments that follow one another.
    @inline(__always)
    private func joined(_ all: Int) -> Int {
        var count = 0
        var previous = Hit(segment: -2, edge: -1, distance: 0, squaredOffset: 0)
        for index in 0..<all {
            let hit = hits[index]
            if hit.edge == previous.edge, hit.segment == previous.segment &+ 1 {
                if hit.squaredOffset < hits[count - 1].squaredOffset { hits[count - 1] = hit }
            } else {
                hits[count] = hit
                count &+= 1
            }
            previous = hit
        }
        return count
    }

    private static func order(of segments: [EdgeSegment]) -> [Int] {
        let x = segments.map { $0.x + $0.chord * $0.directionX / 2 }
        let y = segments.map { $0.y + $0.chord * $0.directionY / 2 }
        var order = segments.indices.sorted { x[$0] < x[$1] }
        let leaves = (order.count + fanout - 1) / fanout
        let slice = max(1, Int(Double(leaves).squareRoot().rounded(.up)) * fanout)
        for first in stride(from: 0, to: order.count, by: slice) {
            order[first..<min(first + slice, order.count)].sort { y[$0] < y[$1] }
        }
        return order
    }

    private static func box(of segment: EdgeSegment) -> SIMD4<Float> {
        let endX = segment.x + segment.chord * segment.directionX
        let endY = segment.y + segment.chord * segment.directionY
        return SIMD4(
            min(segment.x, endX), min(segment.y, endY), -max(segment.x, endX), -max(segment.y, endY)
        )
    }
}
