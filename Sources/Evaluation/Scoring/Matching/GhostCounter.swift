/// Sorts the rows that found no passage by whether they foretell a bus that does not come.
///
/// Only rows that foretell the next thirty minutes, in a minute when the feed was alive and before
/// it ended, are judged. Holes of the truth are never held against a predictor.
struct GhostCounter {
    private static let window = 1800.0
    /// Seconds after a passage before a row for it is held against anyone.
    private static let grace = 60.0

    /// What became of the rows judged.
    private(set) var ghosts: GhostReport
    private let judge: any GhostJudge
    private let minutes: FeedMinutes?
    /// When the feed ended, in unix seconds.
    private let end: Double

    init(judge: any GhostJudge, minutes: FeedMinutes?, end: Double) {
        self.judge = judge
        self.minutes = minutes
        self.end = end
        ghosts = judge.blankReport
    }

    /// Judges the rows of one minute that found no passage.
    mutating func count(_ strangers: [Int], of minute: MinuteRows, _ table: PredictionTable) {
        ghosts.rows += minute.rows.count
        guard minutes?.isAlive(minute.minute) ?? true else { return }
        let moment = Double(minute.minute)
        for index in strangers {
            let row = table.rows[index]
            guard row.arrival > moment, row.arrival <= moment + Self.window, row.arrival <= end
            else { continue }
            ghosts.unmatched += 1
            judge.judge(row, at: moment, grace: Self.grace, into: &ghosts)
        }
    }
}

/// A way to tell ghosts from rows that nothing is known of.
protocol GhostJudge {
    /// A report with zeros in the kinds of ghost that this judge knows.
    var blankReport: GhostReport { get }

    /// Counts one row as the kind it is of.
    func judge(
        _ row: PredictionRow,
        at minute: Double,
        grace: Double,
        into ghosts: inout GhostReport
    )
}

/// Real passages by key, to be asked what lies before and after a moment.
struct PassageTimes: Sendable {
    private var times: [PairKey: [Double]] = [:]

    init(_ events: [TruthEvent], key: (TruthEvent) -> PairKey) {
        for event in events { times[key(event), default: []].append(event.arrival) }
        for key in times.keys { times[key]?.sort() }
    }

    /// Seconds since the last passage at or before `minute`; nil when there was none.
    func age(_ key: PairKey, at minute: Double) -> Double? {
        guard let times = times[key] else { return nil }
        let index = times.firstIndex(above: minute) - 1
        return index >= 0 ? minute - times[index] : nil
    }

    /// Whether there is another passage from `minute` on, within `span` seconds.
    func comesAgain(_ key: PairKey, at minute: Double, within span: Double) -> Bool {
        guard let times = times[key] else { return false }
        let index = times.firstIndex(atLeast: minute)
        return index < times.count && times[index] - minute <= span
    }
}

/// Judges rows by the trip they name.
struct TripGhostJudge: GhostJudge {
    private static let memory = 14_400.0
    private let times: PassageTimes
    private let knownTrips: Set<Int32>

    init(_ events: [TruthEvent], traces: VehicleTraces?) {
        times = PassageTimes(events) { PairKey($0.trip, $0.sequence) }
        knownTrips = Set(events.lazy.map(\.trip)).union(traces?.trips ?? [])
    }

    var blankReport: GhostReport { GhostReport(neverSeenTrip: 0, comesLater: 0) }

    func judge(
        _ row: PredictionRow,
        at minute: Double,
        grace: Double,
        into ghosts: inout GhostReport
    ) {
        let key = PairKey(row.trip, row.sequence)
        let age = times.age(key, at: minute) ?? .infinity
        if times.comesAgain(key, at: minute, within: Self.memory) {
            ghosts.comesLater? += 1
        } else if age > grace, age < Self.memory {
            ghosts.past += 1
        } else if !knownTrips.contains(row.trip) {
            ghosts.neverSeenTrip? += 1
        } else {
            ghosts.unverifiable += 1
        }
    }
}

/// Judges rows by the vehicle they name.
struct VehicleGhostJudge: GhostJudge {
    private struct Run {
        var start: Double
        var end: Double
        var stops: Set<Int32>
    }

    private static let memory = 5400.0
    /// Seconds around a run in which its vehicle may be said to be on it.
    private static let margin = 1800.0
    private let times: PassageTimes
    private var runs: [Int32: [Run]] = [:]

    init(_ events: [TruthEvent], timetable: ScoringTimetable) {
        times = PassageTimes(events) { PairKey($0.vehicle, $0.stop) }
        for run in events.runs {
            guard let first = run.first, let last = run.last else { continue }
            runs[first.vehicle, default: []].append(
                Run(
                    start: first.arrival - Self.margin,
                    end: last.arrival + Self.margin,
                    stops: timetable.stops(of: first.trip)
                )
            )
        }
    }

    var blankReport: GhostReport { GhostReport(wrongTrip: 0) }

    func judge(
        _ row: PredictionRow,
        at minute: Double,
        grace: Double,
        into ghosts: inout GhostReport
    ) {
        let key = PairKey(row.vehicle, row.stop)
        let age = times.age(key, at: minute) ?? .infinity
        let isPast =
            age > grace && age < Self.memory
            && !times.comesAgain(key, at: minute, within: Self.memory)
        if isPast {
            ghosts.past += 1
        } else if isElsewhere(row) {
            ghosts.wrongTrip? += 1
        } else {
            ghosts.unverifiable += 1
        }
    }

    /// Whether the vehicle was seen on trips around that time, but on none that calls at the stop.
    private func isElsewhere(_ row: PredictionRow) -> Bool {
        let near = (runs[row.vehicle] ?? []).filter {
            $0.start <= row.arrival && row.arrival <= $0.end
        }
        return !near.isEmpty && !near.contains { $0.stops.contains(row.stop) }
    }
}
