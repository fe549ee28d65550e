import Geometry
import TransitModel

/// Where buses of a network can be: everything within some 20 km of its stops and lines.
///
/// A set of square cells, not a box around all, so that one misplaced stop opens no continent.
/// Stops that lie together are taken as one group; a group of very few stops far away from all
/// others is a slip of the timetable and does not count.
struct Surroundings: Sendable {
    /// A place that is believed.
    struct Reading: Hashable, Sendable {
        var coordinate: Coordinate
        var point: PlanePoint
        /// Whether it is the exchanged coordinate that lies in the surroundings.
        var isSwapped: Bool
    }

    private struct Cell: Hashable {
        var column: Int32
        var row: Int32

        /// Both in one number, to be put in order by.
        var key: UInt64 {
            UInt64(UInt32(bitPattern: column)) << 32 | UInt64(UInt32(bitPattern: row))
        }
    }

    /// Metres from edge to edge of a cell.
    private static let cellSize = 10_000.0
    /// Cells around a stop or line in which buses are believed: from 20 to 30 km.
    private static let margin: Int32 = 2
    /// Cells from edge to edge of a district.
    private static let districtSize: Int32 = 5
    /// Districts across which a group of stops still is one: from 50 to 150 km.
    private static let groupReach: Int32 = 2
    /// A group with less than this share of the stops of the largest one may be a slip.
    private static let smallShare = 0.2

    private let plane: LocalPlane
    /// The keys of the cells, in order.
    private let cells: [UInt64]

    init(network: Network) {
        plane = network.plane
        var cells: Set<Cell> = []
        for cell in Self.believedCells(of: network) {
            for column in -Self.margin...Self.margin {
                for row in -Self.margin...Self.margin {
                    cells.insert(Cell(column: cell.column &+ column, row: cell.row &+ row))
                }
            }
        }
        self.cells = cells.map(\.key).sorted()
    }

    /// Reads a coordinate as it stands or, where that lies outside, exchanged; nil when neither is
    /// in the surroundings.
    func reading(of coordinate: Coordinate) -> Reading? {
        place(coordinate, isSwapped: false) ?? place(coordinate.swapped, isSwapped: true)
    }

    private func place(_ coordinate: Coordinate, isSwapped: Bool) -> Reading? {
        guard coordinate.isPlausible else { return nil }
        let point = plane.point(coordinate)
        guard let cell = Self.cell(of: point), holds(cell) else { return nil }
        return Reading(coordinate: coordinate, point: point, isSwapped: isSwapped)
    }

    private func holds(_ cell: Cell) -> Bool {
        let key = cell.key
        let position = cells.partitioningIndex { $0 >= key }
        return position < cells.count && cells[position] == key
    }

    private static func cell(of point: PlanePoint) -> Cell? {
        let column = (point.x / cellSize).rounded(.down)
        let row = (point.y / cellSize).rounded(.down)
        guard abs(column) < 1e6, abs(row) < 1e6 else { return nil }
        return Cell(column: Int32(column), row: Int32(row))
    }

    // MARK: - What the network says

    private static func believedCells(of network: Network) -> [Cell] {
        let stops = stopCounts(of: network)
        let all = lineCells(of: network).union(stops.keys)
        let groups = groups(of: all)
        let sizes = groups.map { $0.reduce(0) { $0 + (stops[$1] ?? 0) } }
        let largest = Double(sizes.max() ?? 0)
        let few = max(2, stops.values.reduce(0, +) / 100)
        return zip(groups, sizes).filter { _, size in
            size > few || Double(size) >= largest * smallShare
        }.flatMap(\.0)
    }

    /// How many of the stops that buses serve lie in each cell.
    private static func stopCounts(of network: Network) -> [Cell: Int] {
        var counts: [Cell: Int] = [:]
        for stop in Set(network.patterns.elements.flatMap(\.stops)) {
            guard let coordinate = network.stops[stop].coordinate,
                let cell = cell(of: network.plane.point(coordinate))
            else { continue }
            counts[cell, default: 0] += 1
        }
        return counts
    }

    private static func lineCells(of network: Network) -> Set<Cell> {
        var cells: Set<Cell> = []
        for pattern in network.patterns.elements {
            var last: Cell?
            for point in pattern.line.points {
                let cell = cell(of: point)
                if let cell, cell != last { cells.insert(cell) }
                last = cell
            }
        }
        return cells
    }

    /// Cells whose districts lie near each other, put together.
    private static func groups(of cells: Set<Cell>) -> [[Cell]] {
        var left = Dictionary(grouping: cells, by: district)
        var groups: [[Cell]] = []
        while let (first, content) = left.popFirst() {
            var group = content
            var open = [first]
            while let district = open.popLast() {
                for near in neighbours(of: district) {
                    guard let found = left.removeValue(forKey: near) else { continue }
                    group += found
                    open.append(near)
                }
            }
            groups.append(group)
        }
        return groups
    }

    /// The square of many cells in which a cell lies.
    private static func district(of cell: Cell) -> Cell {
        let edge = Double(districtSize)
        return Cell(
            column: Int32((Double(cell.column) / edge).rounded(.down)),
            row: Int32((Double(cell.row) / edge).rounded(.down)))
    }

    private static func neighbours(of district: Cell) -> [Cell] {
        (-groupReach...groupReach).flatMap { column in
            (-groupReach...groupReach).map {
                Cell(column: district.column + column, row: district.row + $0)
            }
        }
    }
}
