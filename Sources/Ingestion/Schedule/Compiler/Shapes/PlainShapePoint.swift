import Geometry
import TransitModel

/// Reads rows of `shapes.txt` that have nothing odd about them, straight from their bytes.
///
/// Any other row is left to ``TableReader``. Both read a row alike.
struct PlainShapePoint {
    /// Where the columns stand.
    struct Places {
        let shape: Int
        let latitude: Int
        let longitude: Int
        let sequence: Int
        /// Nil where the file has no distances.
        let distance: Int?

        init?(_ table: borrowing TableReader) {
            let columns: [Column] = [.shapeID, .shapePtLat, .shapePtLon, .shapePtSequence]
            guard let places = table.places(of: columns) else { return nil }
            shape = places[0]
            latitude = places[1]
            longitude = places[2]
            sequence = places[3]
            distance = table.places(of: [.shapeDistTraveled])?.first
        }
    }

    /// Number of the shape whose points are wanted.
    let shape: Int
    let shapes: IDTable
    let places: Places

    /// The point; nil when it is another shape's or must be looked at with more care.
    @inline(__always)
    func point(
        _ bytes: Span<UInt8>, _ cells: Span<Cell>
    ) -> (sequence: Int32, coordinate: Coordinate)? {
        guard shapes.matches(shape, cells[places.shape], in: bytes),
            let latitude = CellValues.decimal(bytes, cells[places.latitude]),
            let longitude = CellValues.decimal(bytes, cells[places.longitude]),
            let number = CellValues.integer(bytes, cells[places.sequence]),
            let sequence = Int32(exactly: number), sequence >= 0
        else { return nil }
        let coordinate = Coordinate(latitude: latitude, longitude: longitude)
        return coordinate.isInhabited ? (sequence, coordinate) : nil
    }

    /// The distance that a point is said to have, NaN for none; nil when it must be looked at with
    /// more care.
    @inline(__always)
    func distance(at place: Int, _ bytes: Span<UInt8>, _ cells: Span<Cell>) -> Double? {
        if cells[place].isEmpty { return .nan }
        guard let distance = CellValues.decimal(bytes, cells[place]), distance >= 0 else {
            return nil
        }
        return distance
    }
}
