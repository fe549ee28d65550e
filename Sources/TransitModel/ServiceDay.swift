import Foundation

/// Turns service dates and times into moments and back, in one agency's time zone.
///
/// A service day starts at noon minus twelve hours, so that on days when the clocks change the
/// times of GTFS still mean what GTFS says. The only file that knows time zones.
public struct ServiceDay: Sendable {
    /// The zone's IANA name, such as `Asia/Jakarta`.
    public let timeZoneName: String
    private let zone: TimeZone

    /// Looks a zone up by IANA name; nil when this system does not know it.
    public init?(timeZoneName: String) {
        guard let zone = TimeZone(identifier: timeZoneName) else { return nil }
        self.timeZoneName = timeZoneName
        self.zone = zone
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

    private func offset(at utc: Double) -> Double {
        Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: utc)))
    }

    /// The offset in force when the zone's wall clock reads `local`; noon is never ambiguous.
    private func offset(atLocal local: Double) -> Double {
        offset(at: local - offset(at: local - offset(at: local)))
    }
}
