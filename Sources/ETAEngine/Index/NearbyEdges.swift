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

    /// Makes one stretch of this one and that before it.
    @inline(__always)
    fileprivate mutating func join(_ previous: EdgePlace) {
        label.bits |= previous.label.bits
        if previous.squaredOffset <= squaredOffset {
            distance = previous.distance
            squaredOffset = previous.squaredOffset
        }
    }
}

/// What an ``EdgeGrid`` found near a point, in memory that is used again for the next point.
///
/// A collection of places, in order of edge and distance. After the first look-up in a grid, others
/// in the same grid allocate nothing.
@frozen
public struct NearbyEdges: Sendable {
    /// As many as the fullest cell of the grid can give, of which `count` are in use.
    @usableFromInline private(set) var places: [EdgePlace] = []
    /// How many were found.
    public private(set) var count = 0

    /// Makes a buffer that holds nothing.
    public init() {}

    /// Takes in those of a cell's segments that are near a point.
    ///
    /// - Parameters:
    ///   - entries: The cell's segments: of each edge in order of travel, marked where one goes on
    ///     from the one before it.
    ///   - x: Metres east of the segments' origin.
    ///   - y: Metres north of the segments' origin.
    ///   - limit: Square of the metres within which a segment counts.
    @inline(__always)
    mutating func find(
        _ entries: UnsafeBufferPointer<EdgeSegment>, x: Float, y: Float, limit: Float
    ) {
        if places.count < entries.count { grow(beyond: entries.count) }
        count = places.withUnsafeMutableBufferPointer { found in
            var count = 0
            var isOpen = false
            for segment in entries {
                let (along, squared) = segment.locate(x: x, y: y)
                let goesOn = isOpen && segment.label.bits & EdgeLabel.continues != 0
                isOpen = squared <= limit
                guard isOpen else { continue }
                var place = EdgePlace(
                    label: segment.label, distance: segment.distance + along * segment.stretch,
                    squaredOffset: squared)
                if goesOn {
                    count &-= 1
                    place.join(found[count])
                }
                found[count] = place
                count &+= 1
            }
            return count
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
    @inlinable public var endIndex: Int { count }

    /// The place at a position under ``count``.
    @inlinable public subscript(position: Int) -> EdgePlace { places[position] }
}
