import Geometry

/// The vertices of a network, rounded to 0.1 m, and where lines must be cut.
struct Junctions {
    /// Vertex of each point of all lines, one line after the other.
    let vertices: [Int32]
    /// Of each vertex, whether edges end there.
    let isCut: [Bool]

    init(_ lines: [Polyline]) {
        var places = VertexNumbers(capacity: lines.reduce(0) { $0 + $1.points.count })
        var vertices: [Int32] = []
        vertices.reserveCapacity(lines.reduce(0) { $0 + $1.points.count })
        for line in lines {
            for point in line.points { vertices.append(places.number(of: point)) }
        }
        var neighbours = Neighbours(vertices: places.count)
        var start = 0
        for line in lines {
            neighbours.enter(vertices[start..<start + line.points.count])
            start += line.points.count
        }
        self.vertices = vertices
        isCut = neighbours.isCut
    }

    /// Finds the vertices where lines start, end, join, part or turn back.
    private struct Neighbours {
        private var first: [Int32]
        private var second: [Int32]
        private(set) var isCut: [Bool]

        init(vertices: Int) {
            first = [Int32](repeating: -1, count: vertices)
            second = first
            isCut = [Bool](repeating: false, count: vertices)
        }

        mutating func enter(_ line: ArraySlice<Int32>) {
            guard let start = line.first, let end = line.last else { return }
            isCut[Int(start)] = true
            isCut[Int(end)] = true
            var before: Int32 = -1
            var here = start
            for next in line where next != here {
                join(here, next)
                join(next, here)
                if next == before { isCut[Int(here)] = true }
                (before, here) = (here, next)
            }
        }

        private mutating func join(_ vertex: Int32, _ neighbour: Int32) {
            let vertex = Int(vertex)
            if first[vertex] == neighbour || second[vertex] == neighbour { return }
            if first[vertex] < 0 {
                first[vertex] = neighbour
            } else if second[vertex] < 0 {
                second[vertex] = neighbour
            } else {
                isCut[vertex] = true
            }
        }
    }
}

/// Numbers places by where they are, within 0.1 m: a hash table with open addressing.
private struct VertexNumbers {
    private var keys: [UInt64]
    private var numbers: [Int32]
    private let mask: Int
    private(set) var count = 0

    /// A table for at most `capacity` places.
    init(capacity: Int) {
        var size = 16
        while size < 2 * capacity { size *= 2 }
        mask = size - 1
        keys = [UInt64](repeating: 0, count: size)
        numbers = [Int32](repeating: -1, count: size)
    }

    mutating func number(of point: PlanePoint) -> Int32 {
        let key = Self.key(point)
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
        while numbers[slot] >= 0 {
            if keys[slot] == key { return numbers[slot] }
            slot = (slot + 1) & mask
        }
        keys[slot] = key
        numbers[slot] = Int32(count)
        count += 1
        return numbers[slot]
    }

    private static func key(_ point: PlanePoint) -> UInt64 {
        let x = UInt32(truncatingIfNeeded: Int((point.x * 10).rounded()))
        let y = UInt32(truncatingIfNeeded: Int((point.y * 10).rounded()))
        return UInt64(x) << 32 | UInt64(y)
    }
}
