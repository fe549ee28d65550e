import Foundation

/// Turns service dates and times into moments and back, in one agency's time zone.
///
/// A service day starts at noon minus twelve hours, so that on days when the clocks change the
/// times of GTFS still mean what GTFS says. The only file that knows time zones.
public struct ServiceDay: Sendable {
    /// The zone's IANA name, such as `Asia/Jakarta`.
    public let timeZoneName: String
    private let offsets: ZoneOffsets

    /// Looks a zone up by IANA name; nil when this system does not know it.
    public init?(timeZoneName: String) {
        guard let zone = TimeZone(identifier: timeZoneName) else { return nil }
        self.timeZoneName = timeZoneName
        offsets = ZoneOffsets(zone)
    }

    /// The moment that ``ServiceTime`` counts from on `date`.
    public func origin(of date: ServiceDate) -> Timestamp {
        let noon = Double(date.dayNumber) * 86_400 + 43_200
        return Timestamp(noon - offset(atLocal: noon) - 43_200)
    }

    /// The moment of a time on a service date.
    public func moment(_ time: ServiceTime, on date: ServiceDate) -> Timestamp {
        origin(of: date) + Double(time.seconds)
    }

    /// Seconds from the start of service on `date` to `moment`; negative before it.
    public func time(at moment: Timestamp, on date: ServiceDate) -> ServiceTime {
        ServiceTime(Int((moment - origin(of: date)).rounded(.down)))
    }

    /// The calendar date in the zone at a moment.
    public func date(at moment: Timestamp) -> ServiceDate {
        let local = moment.seconds + offset(at: moment.seconds)
        return ServiceDate(dayNumber: Int((local / 86_400).rounded(.down)))
    }

    /// Clock time `HH:MM:SS` in the zone at a moment.
    public func clock(at moment: Timestamp) -> String {
        let local = Int64((moment.seconds + offset(at: moment.seconds)).rounded(.down))
        return ServiceTime(Int(((local % 86_400) + 86_400) % 86_400)).text
    }

    private func offset(at utc: Double) -> Double { offsets.offset(at: utc) }

    /// The offset in force when the zone's wall clock reads `local`; noon is never ambiguous.
    private func offset(atLocal local: Double) -> Double {
        offset(at: local - offset(at: local - offset(at: local)))
    }
}

/// A zone's offsets from UTC, kept at hand: the system's own look-up takes a lock and goes through a
/// calendar, which is too slow for each of some hundred predictions a second.
private struct ZoneOffsets: Sendable {
    private struct Change {
        /// Unix seconds from which the offset holds.
        var from: Double
        var seconds: Double
    }

    /// Unix seconds of 1990 to 2070, within which all changes are looked up beforehand.
    private static let known = 631_152_000.0...3_155_760_000.0
    /// Seconds between two looks; no zone changes its clocks and back within them.
    private static let stride = 604_800.0

    private let zone: TimeZone
    private let changes: [Change]

    init(_ zone: TimeZone) {
        self.zone = zone
        var changes = [
            Change(from: -.infinity, seconds: Self.offset(of: zone, at: Self.known.lowerBound))
        ]
        for look in Swift.stride(
            from: Self.known.lowerBound, to: Self.known.upperBound, by: Self.stride)
        {
            let after = Self.offset(of: zone, at: look + Self.stride)
            guard after != changes[changes.count - 1].seconds else { continue }
            changes.append(
                Change(
                    from: Self.change(of: zone, to: after, from: look, by: look + Self.stride),
                    seconds: after))
        }
        self.changes = changes
    }

    func offset(at utc: Double) -> Double {
        guard Self.known.contains(utc) else { return Self.offset(of: zone, at: utc) }
        var low = 0
        var high = changes.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if changes[middle].from <= utc { low = middle } else { high = middle - 1 }
        }
        return changes[low].seconds
    }

    /// The second from which an offset holds that does not at the first moment, but at the last.
    private static func change(
        of zone: TimeZone, to offset: Double, from first: Double, by last: Double
    ) -> Double {
        var low = first
        var high = last
        while high - low > 1 {
            let middle = ((low + high) / 2).rounded(.down)
            if Self.offset(of: zone, at: middle) == offset { high = middle } else { low = middle }
        }
        return high
    }

    private static func offset(of zone: TimeZone, at utc: Double) -> Double {
        Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: utc)))
    }
}
