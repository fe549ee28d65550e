#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A point on a ``LocalPlane``: metres east (`x`) and north (`y`) of its origin.
@frozen
public struct PlanePoint: Hashable, Sendable {
    /// Metres east of the origin.
    public var x: Double
    /// Metres north of the origin.
    public var y: Double

    /// Makes a point from metres.
    @inlinable
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// Distance in metres.
    @inlinable
    public func distance(to other: PlanePoint) -> Double {
        let dx = other.x - x
        let dy = other.y - y
        return (dx * dx + dy * dy).squareRoot()
    }
}

/// A flat map of a city: an equirectangular projection around an origin.
///
/// Within 100 km of the origin distances are right to about 0.1 % at 45° latitude and better near
/// the equator, which is far finer than a tracker's error. It is not meant for continents.
public struct LocalPlane: Hashable, Sendable {
    /// Mean radius of the earth in metres (IUGG).
    public static let earthRadius = 6_371_008.8

    /// The place that projects to (0, 0).
    public let origin: Coordinate
    private let metresPerDegreeEast: Double
    private let metresPerDegreeNorth: Double

    /// Makes a plane that touches the earth at `origin`.
    public init(origin: Coordinate) {
        self.origin = origin
        metresPerDegreeNorth = Self.earthRadius * .pi / 180
        metresPerDegreeEast = metresPerDegreeNorth * cos(origin.latitude * .pi / 180)
    }

    /// Where a coordinate lies on the plane.
    public func point(_ coordinate: Coordinate) -> PlanePoint {
        PlanePoint(
            x: Self.turn(coordinate.longitude - origin.longitude) * metresPerDegreeEast,
            y: (coordinate.latitude - origin.latitude) * metresPerDegreeNorth)
    }

    /// Degrees of longitude between two places, brought to the shorter way around the earth.
    @inline(__always)
    private static func turn(_ degrees: Double) -> Double {
        abs(degrees) <= 180 ? degrees : degrees - 360 * (degrees / 360).rounded()
    }

    /// The coordinate of a point, the inverse of ``point(_:)``.
    public func coordinate(_ point: PlanePoint) -> Coordinate {
        Coordinate(
            latitude: origin.latitude + point.y / metresPerDegreeNorth,
            longitude: Self.turn(origin.longitude + point.x / metresPerDegreeEast))
    }
}
