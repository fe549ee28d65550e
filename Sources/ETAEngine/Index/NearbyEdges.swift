/// A stretch of an edge near a point, and the place on the stretch that is nearest to it.
@frozen
public struct EdgePlace: Hashable, Sendable {
    /// The edge and whether the stretch holds its ends.
    @usableFromInline var label: EdgeLabel
    /// Metres along the edge.
    public var distance: Float
    /// Square metres: the offset times itself.
    @usableFromInline var squaredOffset: Float

    /// The edge.
    @inlinable public var edge: EdgeNumber { label.edge }
    /// Metres off the edge.
    @inlinable public var offset: Float { squaredOffset.squareRoot() }
    /// Whether the first segment of the edge is in the stretch.
    public var holdsStart: Bool { label.bits & EdgeLabel.isFirst != 0 }
    /// Whether the last segment of the edge is in the stretch.
    public var holdsEnd: Bool { label.bits & EdgeLabel.isLast != 0 }
}

/// What an ``EdgeGrid`` found near a point, in memory that is used again for the next point.
///
/// A collection of places, in order of edge and distance. After the first look-up in a grid, others
/// in the same grid allocate nothing.
public struct NearbyEdges: Sendable {
    /// As many as the fullest cell of the grid can give, of which `count` are in use.
    private var places: [EdgePlace] = []
    /// How many were found.
    public private(set) var count = 0

    /// Makes a buffer that holds nothing.
    public init() {}

    /// Takes in what was found in one cell's segments.
    ///
    /// - Parameters:
    ///   - segments: Those of one cell: of each edge in order of travel, marked where one continues
    ///     the one before it.
    ///   - x: Metres east of the segments' origin.
    ///   - y: Metres north of the segments' origin.
    ///   - limit: Square of the metres within which a segment counts.
    @inline(__always)
    mutating func find(
        _ segments: UnsafeBufferPointer<EdgeSegment>, x: Float, y: Float, limit: Float
    ) {
        if places.count <= segments.count { grow(beyond: segments.count) }
        count = places.withUnsafeMutableBufferPointer { found in
            // Hits are rare and hard to foresee, so everything is written and the position decides
            // what stays: no branch depends on a distance.
            var next = 0
            var isOpen = false
            var open = EdgePlace(label: EdgeLabel(), distance: 0, squaredOffset: 0)
            for segment in segments {
                let (along, squared) = segment.locate(x: x, y: y)
                let isHit = squared <= limit
                let continues = isOpen && segment.label.bits & EdgeLabel.continues != 0
                let isNearer = !continues || squared < open.squaredOffset
                open.squaredOffset = isNearer ? squared : open.squaredOffset
                open.distance =
                    isNearer ? segment.distance + along * segment.stretch : open.distance
                open.label.bits = segment.label.bits | (continues ? open.label.bits : 0)
                next -= isHit && continues ? 1 : 0
                found[next] = open
                next += isHit ? 1 : 0
                isOpen = isHit
            }
            return next
        }
    }

    /// Empties the buffer.
    mutating func removeAll() { count = 0 }

    private mutating func grow(beyond count: Int) {
        places = [EdgePlace](
            repeating: EdgePlace(label: EdgeLabel(), distance: 0, squaredOffset: 0),
            count: 2 * count + 16)
    }
}

extension NearbyEdges: RandomAccessCollection {
    /// Position of the first place.
    @inlinable public var startIndex: Int { 0 }
    /// One beyond the position of the last place.
    public var endIndex: Int { count }

    /// The place at a position under ``count``.
    public subscript(position: Int) -> EdgePlace { places[position] }
}
