import ETAEngine
import TransitModel

/// When a timetable that was ordered for a date takes over.
///
/// In the first moment of that service date in which no bus is on a run, so that no rider sees a
/// run change its name; but at 04:00 at the latest, since some cities never sleep.
enum RolloverRule {
    /// Seconds after the start of the service date at which it takes over in any case.
    static let latest = 4.0 * 3600

    /// Whether the timetable for `date` is to take over now.
    static func isDue(
        _ date: ServiceDate, at now: Timestamp, in serviceDay: ServiceDay, isQuiet: Bool
    ) -> Bool {
        let age = now - serviceDay.origin(of: date)
        return age >= latest || (age >= 0 && isQuiet)
    }
}

extension Snapshot {
    /// Whether no bus is on a run.
    var isQuiet: Bool {
        !vehicles.contains { $0.state == .inService && $0.instance != nil }
    }
}

extension Network {
    /// Whether any trip runs on a date or later.
    func hasService(from date: ServiceDate) -> Bool {
        Set(trips.elements.map(\.service)).contains { services[$0].isActive(from: date) }
    }
}

extension Service {
    /// Whether the service runs on a date or later.
    fileprivate func isActive(from date: ServiceDate) -> Bool {
        if added.contains(where: { $0 >= date }) { return true }
        guard let period, period.upperBound >= date else { return false }
        // Backwards, since a week without a removed day tells; no more than the removed ones fail.
        let days = max(period.lowerBound, date).dayNumber...period.upperBound.dayNumber
        return days.reversed().prefix(removed.count + 7).contains {
            isActive(on: ServiceDate(dayNumber: Int($0)))
        }
    }
}
