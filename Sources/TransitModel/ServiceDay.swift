import Foundation

/// Turns service dates and times into moments and back, in one agency's time zone.
///
/// A service day starts at noon minus twelve hours, so that on days when the clocks change the
/// times of GTFS still mean what GTFS says. The only file that knows time zones.
public struct ServiceDay: Sendable {
    private let offsets: ZoneOffsets

    /// The zone's IANA name, such as `Asia/Jakarta`.
    public var timeZoneName: String { offsets.zoneName }

    /// Looks a zone up by IANA name; nil when this system does not know it.
    public init?(timeZoneName: String) {
        guard let zone = TimeZone(identifier: timeZoneName) else { return nil }
        offsets = ZoneOffsets(zone, name: timeZoneName)
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
/// calendar, which is too slow for each of some thousand predictions a second.
///
/// A class, so that a service day costs a reference to hand on.
private final class ZoneOffsets: Sendable {
    /// Seven days, in which no zone changes its clocks and back.
    private struct Week {
        /// Offset at the start.
        var before: Double
        /// Unix seconds from which the other holds; infinite where none does.
        var change: Double
        /// Offset at the end.
        var after: Double
    }

    /// Unix seconds of 1990 to 2070, within which all changes are looked up beforehand.
    private static let known = 631_152_000.0...3_155_760_000.0
    /// Seconds of a week.
    private static let week = 604_800

    let zoneName: String
    private let zone: TimeZone
    private let weeks: [Week]

    init(_ zone: TimeZone, name: String) {
        zoneName = name
        self.zone = zone
        var weeks: [Week] = []
        var before = Self.offset(of: zone, at: Self.known.lowerBound)
        for start in Swift.stride(
            from: Self.known.lowerBound, through: Self.known.upperBound, by: Double(Self.week))
        {
            let end = start + Double(Self.week)
            let after = Self.offset(of: zone, at: end)
            let change =
                after == before
                ? .infinity : Self.change(of: zone, to: after, from: start, by: end)
            weeks.append(Week(before: before, change: change, after: after))
            before = after
        }
        self.weeks = weeks
    }

    func offset(at utc: Double) -> Double {
        guard Self.known.contains(utc) else { return Self.offset(of: zone, at: utc) }
        let week = weeks[Int(utc - Self.known.lowerBound) / Self.week]
        return utc < week.change ? week.before : week.after
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
