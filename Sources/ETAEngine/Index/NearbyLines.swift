public import Geometry

/// A place on one of the lines of a network.
@frozen
public struct LineLocation: Hashable, Sendable {
    /// Position of the line in the set that the edges were made from.
    public var line: Int
    /// Metres along the line and off it.
    public var location: PolylineLocation

    /// Makes a location on a line.
    public init(line: Int, location: PolylineLocation) {
        self.line = line
        self.location = location
    }
}

/// What an ``EdgeGrid`` found near a point, said of lines: in memory that is used again for the
/// next point.
///
/// A collection of locations in order of line and distance, one for each separate stretch of a line
/// within reach, so that a line that comes back on itself is found on both its legs. Once it has
/// held as many, a look-up allocates nothing.
public struct NearbyLines: Sendable {
    /// The edges that the locations were found on.
    public private(set) var edges = NearbyEdges()
    private var stretches: [LineStretch] = []
    private var locations: [LineLocation] = []

    /// Makes a buffer that holds nothing.
    public init() {}

    mutating func find(_ point: PlanePoint, on line: Int?, in grid: EdgeGrid) {
        grid.find(point, into: &edges)
        stretches.removeAll(keepingCapacity: true)
        for place in edges {
            let scale = 1 / Swift.max(grid.edges.lengths[place.edge], .leastNormalMagnitude)
            for use in grid.edges.uses(of: place.edge)
            where line == nil || line == Int(grid.edges.uses[use].line) {
                stretches.append(LineStretch(place, grid.edges.uses[use], scale: scale))
            }
        }
        LineStretch.sort(&stretches)
        join()
    }

    /// Makes one location of what goes on from edge to edge.
    private mutating func join() {
        locations.removeAll(keepingCapacity: true)
        var previous: LineStretch?
        for stretch in stretches {
            if let previous, stretch.continues(previous) {
                let last = locations.count - 1
                if stretch.offset < locations[last].location.offset {
                    locations[last] = stretch.location
                }
            } else {
                locations.append(stretch.location)
            }
            previous = stretch
        }
    }
}

extension NearbyLines: RandomAccessCollection {
    /// Position of the first location.
    public var startIndex: Int { 0 }
    /// One beyond the position of the last location.
    public var endIndex: Int { locations.count }

    /// The location at a position.
    public subscript(position: Int) -> LineLocation { locations[position] }
}

extension EdgeGrid {
    /// Finds every line within `reach` of a point, or only one of them: one location for each
    /// separate stretch.
    ///
    /// O(n log n) in the lines near the point.
    public func find(_ point: PlanePoint, on line: Int? = nil, into lines: inout NearbyLines) {
        lines.find(point, on: line, in: self)
    }
}

/// A stretch of an edge near a point, as one line has it.
private struct LineStretch: Sendable {
    private let line: Int32
    private let order: Int32
    private let distance: Float
    private let label: EdgePlace
    var offset: Double { Double(label.offset) }

    @inline(__always)
    init(_ place: EdgePlace, _ use: EdgeUse, scale: Float) {
        (line, order) = (use.line, use.order)
        distance = use.start + place.distance * scale * use.length
        label = place
    }

    var location: LineLocation {
        LineLocation(
            line: Int(line),
            location: PolylineLocation(distanceAlong: Double(distance), offset: offset))
    }

    /// Whether it goes on where `other`, on the edge before, leaves off.
    @inline(__always)
    func continues(_ other: LineStretch) -> Bool {
        line == other.line && order == other.order + 1 && other.label.holdsEnd && label.holdsStart
    }

    @inline(__always)
    private func isBefore(_ other: LineStretch) -> Bool {
        if line != other.line { return line < other.line }
        return order != other.order ? order < other.order : distance < other.distance
    }

    /// Sorts by line, and along each; the library's sort would allocate, which only many deserve.
    static func sort(_ stretches: inout [LineStretch]) {
        guard stretches.count <= 48 else { return stretches.sort { $0.isBefore($1) } }
        for end in stretches.indices.dropFirst() {
            let stretch = stretches[end]
            var position = end
            while position > 0, stretch.isBefore(stretches[position - 1]) {
                stretches[position] = stretches[position - 1]
                position -= 1
            }
            stretches[position] = stretch
        }
    }
}
