import ETAEngine
import TransitModel

/// When a timetable that was ordered for a date takes over.
///
/// In the first moment of that service date in which the day before is over, so that no rider sees a
/// run change its name; but at 04:00 at the latest, since some cities never sleep.
enum RolloverRule {
    /// Seconds after the start of the service date at which it takes over in any case.
    static let latest = 4.0 * 3600

    /// Whether the timetable for `date` is to take over now.
    static func isDue(
        _ date: ServiceDate, at now: Timestamp, in serviceDay: ServiceDay,
        isQuiet: @autoclosure () -> Bool
    ) -> Bool {
        let age = now - serviceDay.origin(of: date)
        return age >= latest || (age >= 0 && isQuiet())
    }
}

extension Snapshot {
    /// Whether no bus is on a run, none waits to start one of the days before a date, and none of
    /// those is still to leave before the date's timetable takes over in any case.
    func isQuiet(before date: ServiceDate) -> Bool {
        let end = network.serviceDay.origin(of: date) + RolloverRule.latest
        return !vehicles.contains { $0.isBusy(before: date) }
            && (madeAt >= end || !network.hasDeparture(ofDaysBefore: date, in: madeAt..<end))
    }
}

extension VehicleStatus {
    fileprivate func isBusy(before date: ServiceDate) -> Bool {
        guard let instance else { return false }
        return state == .inService || (state == .layover && instance.serviceDate < date)
    }
}

extension Network {
    /// Days for which a trip may leave after its service date, as the reader takes them.
    private static let daysOfTrips = 3

    /// Whether a run of the days before a date leaves its first stop in a span of time.
    fileprivate func hasDeparture(
        ofDaysBefore date: ServiceDate, in span: Range<Timestamp>
    ) -> Bool {
        (1...Self.daysOfTrips).contains { age in
            let day = date - age
            let origin = serviceDay.origin(of: day)
            return trips.indices.contains { trip in
                leaves(trip, between: span.lowerBound - origin, and: span.upperBound - origin)
                    && services[trips[trip].service].isActive(on: day)
            }
        }
    }

    /// Whether a trip leaves in a span of seconds of its service day.
    private func leaves(_ trip: TripIndex, between start: Double, and end: Double) -> Bool {
        let frequencies = trips[trip].frequencies
        guard !frequencies.isEmpty else {
            let departure = Double(departure(of: trip).seconds)
            return departure >= start && departure < end
        }
        return frequencies.contains {
            Double($0.end.seconds) > start && Double($0.start.seconds) < end
        }
    }
}
