import Ingestion
import Storage
import TransitModel

/// What is to become the timetable in force, and what could not.
struct Timetables: Sendable {
    /// The feeds on the disk that take over when they change, by path.
    var watches: [String: FeedFileWatch] = [:]
    /// Timetables that wait for their date, the next one first.
    private(set) var staged: [KeptTimetable] = []
    /// Why what lies on the disk by now is not in force.
    var refusal: String?
    /// Why the one in force may not come back after a restart.
    var doubt: String?

    private var refusals: [ServiceDate: String] = [:]
    private var retries: [ServiceDate: Retry] = [:]

    /// Takes what waits by now.
    mutating func wait(for kept: [KeptTimetable]) {
        staged = kept
        let dates = Set(kept.compactMap(\.startsOn))
        refusals = refusals.filter { dates.contains($0.key) }
        retries = retries.filter { dates.contains($0.key) }
    }

    /// Lets one wait that has just been checked.
    mutating func order(_ date: ServiceDate) { (refusals[date], retries[date]) = (nil, nil) }

    /// Takes away what has begun, and what it has overtaken.
    mutating func begin(_ date: ServiceDate) {
        staged.removeAll { ($0.startsOn ?? date) <= date }
    }

    /// The last of those that wait whose date has come by a rule, but for those that were refused.
    func due(at now: Timestamp, by isDue: (ServiceDate) -> Bool) -> KeptTimetable? {
        staged.last { kept in
            guard let date = kept.startsOn, refusals[date] == nil else { return false }
            return retries[date]?.isDue(at: now) != false && isDue(date)
        }
    }

    /// Notes why one cannot be put in force, and that it is not to be tried again.
    mutating func refuse(_ kept: KeptTimetable, because reason: String) {
        if let date = kept.startsOn { refusals[date] = reason }
    }

    /// Notes what failed and may go well the next time; whether that is worth telling.
    mutating func failed(_ kept: KeptTimetable, _ reason: String, at now: Timestamp) -> Bool {
        guard let date = kept.startsOn else { return false }
        return retries[date, default: Retry()].failed(reason, at: now)
    }

    /// What an operator must know of the one in force, in one line; nil when all is well.
    var trouble: String? { doubt ?? refusal }

    /// Why one that waits will not be put in force.
    func refusal(of kept: KeptTimetable) -> String? { kept.startsOn.flatMap { refusals[$0] } }
}

/// A GTFS on the disk that can be read, but rather is half of one.
struct Shortfall: Error, CustomStringConvertible {
    var path: String
    var reason: String

    var description: String { "\(path): \(reason); `gtfs use \(path)` takes it nevertheless" }
}

extension Error {
    /// Whether the feed itself is at fault, so that it is of no use to try it again.
    var condemnsFeed: Bool { self is ScheduleError || self is Shortfall }
}
