public import Geometry
public import TransitModel

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

extension BoundingBox {
    /// All stops with some 5 km around them; nil without any.
    public init?(around network: Network) {
        let places = network.stops.elements.compactMap(\.coordinate)
        guard let south = places.map(\.latitude).min(), let north = places.map(\.latitude).max(),
            let west = places.map(\.longitude).min(), let east = places.map(\.longitude).max()
        else { return nil }
        self.init(
            latitudes: south - 0.05...north + 0.05, longitudes: west - 0.05...east + 0.05)
    }
}
