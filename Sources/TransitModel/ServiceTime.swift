/// A moment in seconds since 1970-01-01T00:00:00Z, with fractions.
@frozen
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Seconds since 1970 in UTC.
    public var seconds: Double

    /// Makes a moment from seconds since 1970.
    @inlinable
    public init(_ seconds: Double) { self.seconds = seconds }

    /// Makes a moment from whole seconds since 1970.
    @inlinable
    public init(unix: Int64) { seconds = Double(unix) }

    /// Whole seconds since 1970, rounded to the nearest.
    @inlinable
    public var unix: Int64 { Int64(seconds.rounded()) }

    /// Earlier or later.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

    /// Seconds from `right` to `left`.
    @inlinable
    public static func - (left: Self, right: Self) -> Double { left.seconds - right.seconds }

    /// The moment `seconds` later.
    @inlinable
    public static func + (left: Self, seconds: Double) -> Self { Self(left.seconds + seconds) }

    /// The moment `seconds` earlier.
    @inlinable
    public static func - (left: Self, seconds: Double) -> Self { Self(left.seconds - seconds) }
}

/// Seconds since the start of a service day, which is noon minus twelve hours; may pass 24 hours.
@frozen
public struct ServiceTime: Hashable, Comparable, Sendable {
    /// Seconds since noon minus twelve hours of the service date.
    public var seconds: Int32

    /// Makes a time from seconds since the start of the service day.
    @inlinable
    public init(_ seconds: Int) { self.seconds = Int32(truncatingIfNeeded: seconds) }

    /// Earlier or later in the service day.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

    /// GTFS form `HH:MM:SS`, hours beyond 23 for the small hours of the next day.
    public var text: String {
        let total = Int(seconds)
        return "\(twoDigits(total / 3600)):\(twoDigits(total / 60 % 60)):\(twoDigits(total % 60))"
    }

    /// Reads GTFS form `H:MM:SS` or `HH:MM:SS`; nil for anything else.
    public init?(text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let hours = parts[0], let minutes = parts[1],
            let seconds = parts[2], (0...167).contains(hours), (0..<60).contains(minutes),
            (0..<60).contains(seconds)
        else { return nil }
        self.init(hours * 3600 + minutes * 60 + seconds)
    }
}

func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : String(value)
}
