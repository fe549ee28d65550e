public import Geometry

/// A part of the map between two parallels and two meridians.
public struct BoundingBox: Hashable, Sendable {
    /// Degrees north.
    public var latitudes: ClosedRange<Double>
    /// Degrees east.
    public var longitudes: ClosedRange<Double>

    /// Makes a box from its sides.
    public init(latitudes: ClosedRange<Double>, longitudes: ClosedRange<Double>) {
        self.latitudes = latitudes
        self.longitudes = longitudes
    }

    /// Where buses of Padang can be.
    public static let padang = BoundingBox(
        latitudes: -1.12 ... -0.78,
        longitudes: 100.25...100.56
    )

    /// Whether a place lies in it.
    public func contains(_ coordinate: Coordinate) -> Bool {
        latitudes.contains(coordinate.latitude) && longitudes.contains(coordinate.longitude)
    }
}
