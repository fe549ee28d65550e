import TransitModel

/// How much a timetable holds, for people, and for telling half a feed from a whole one.
struct TimetableSize: Hashable, Sendable, CustomStringConvertible {
    /// Days that are looked ahead.
    static let horizon = 28

    var trips: Int
    var stopTimes: Int
    /// On how many of the next ``horizon`` days any trip runs.
    var days: Int

    var description: String {
        "\(trips) trips, \(stopTimes) stop times, service on \(days) of the next \(Self.horizon) days"
    }

    /// What there is less than half as much of as in another, in words; nil when nothing is.
    func shortfall(against other: TimetableSize) -> String? {
        let parts = [
            (trips, other.trips, "trips"), (stopTimes, other.stopTimes, "stop times"),
            (days, other.days, "days of service in the next \(Self.horizon)"),
        ]
        return parts.first { $0.0 * 2 < $0.1 }.map { "it has \($0.0) \($0.2), not \($0.1)" }
    }
}

extension Network {
    /// How much there is from a date on.
    func size(from today: ServiceDate) -> TimetableSize {
        let services = usedServices
        let days = (0..<TimetableSize.horizon).count { day in
            services.contains { $0.isActive(on: today + day) }
        }
        return TimetableSize(trips: trips.count, stopTimes: stopTimeCount, days: days)
    }

    /// Whether any trip runs on a date or later.
    func hasService(from date: ServiceDate) -> Bool {
        usedServices.contains { $0.isActive(from: date) }
    }

    private var usedServices: [TransitModel.Service] {
        Set(trips.elements.map(\.service)).map { services[$0] }
    }
}

extension TransitModel.Service {
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
