/// The position of an element in the one ``Table`` that holds such elements.
///
/// It means something inside one ``Network`` only and never leaves the process; GTFS ids do.
@frozen
public struct TableIndex<Element>: Hashable, Comparable, Sendable {
    /// Position from 0.
    public let rawValue: Int32

    /// Makes an index from a position, unchecked.
    @inlinable
    public init(_ position: Int) { rawValue = Int32(truncatingIfNeeded: position) }

    /// The position as an array index.
    @inlinable
    public var position: Int { Int(rawValue) }

    /// Order of position.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A dense column of elements that only its own kind of index opens.
@frozen
public struct Table<Element> {
    /// The elements in order of index.
    public var elements: [Element]

    /// Makes a table from its elements.
    @inlinable
    public init(_ elements: [Element] = []) { self.elements = elements }

    /// The element at an index of this table; an index of another network traps or misleads.
    @inlinable
    public subscript(index: TableIndex<Element>) -> Element { elements[index.position] }

    /// How many elements there are.
    @inlinable
    public var count: Int { elements.count }

    /// Every index in order.
    @inlinable
    public var indices: some RandomAccessCollection<TableIndex<Element>> {
        elements.indices.lazy.map { TableIndex<Element>($0) }
    }
}

extension Table: Sendable where Element: Sendable {}

/// Position of an agency.
public typealias AgencyIndex = TableIndex<Agency>
/// Position of a stop.
public typealias StopIndex = TableIndex<Stop>
/// Position of a route.
public typealias RouteIndex = TableIndex<Route>
/// Position of a trip.
public typealias TripIndex = TableIndex<Trip>
/// Position of a pattern.
public typealias PatternIndex = TableIndex<TripPattern>
/// Position of a service.
public typealias ServiceIndex = TableIndex<Service>
/// Position of a shape.
public typealias ShapeIndex = TableIndex<Shape>
