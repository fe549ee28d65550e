#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A place on the earth in WGS 84 degrees.
public struct Coordinate: Hashable, Sendable {
    /// Degrees north of the equator.
    public var latitude: Double
    /// Degrees east of Greenwich.
    public var longitude: Double

    /// Makes a coordinate from degrees, unchecked.
    public init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }

    /// Whether both values are finite and on the earth, and not the 0/0 that receivers without a
    /// fix send.
    public var isPlausible: Bool {
        abs(latitude) <= 90 && abs(longitude) <= 180
            && !(abs(latitude) < 1e-4 && abs(longitude) < 1e-4)
    }

    /// The same pair with latitude and longitude exchanged, as some trackers send them.
    public var swapped: Coordinate {
        Coordinate(latitude: longitude, longitude: latitude)
    }

    /// Great-circle distance in metres on a sphere of radius 6,371,008.8 m (haversine).
    public func distance(to other: Coordinate) -> Double {
        let radians = Double.pi / 180
        let halfLatitude = sin((other.latitude - latitude) * radians / 2)
        let halfLongitude = sin((other.longitude - longitude) * radians / 2)
        let chord =
            halfLatitude * halfLatitude
            + cos(latitude * radians) * cos(other.latitude * radians)
            * halfLongitude * halfLongitude
        return 2 * LocalPlane.earthRadius * asin(min(1, chord.squareRoot()))
    }
}
