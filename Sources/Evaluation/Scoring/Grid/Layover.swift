import Geometry

/// A long wait that lies a little past the first stop of a run: what came before it belongs to the
/// vehicle's arrival at the terminal.
struct Layover: Sendable {
    /// Arrival, in unix seconds, of the last event before the wait.
    var lastArrivalBefore: Double
    /// When the vehicle moved on, in unix seconds.
    var end: Double
}

/// Finds waits of more than 300 s beyond the timetable in the first 600 scheduled seconds of a run.
struct LayoverFinder {
    private static let longestWait = 300.0
    private static let scheduledSpan = 600.0
    /// Metres between two fixes of a vehicle that stands.
    private static let stillness = 40.0

    let timetable: ScoringTimetable
    let traces: VehicleTraces?

    /// The last such wait of a run, given its events in order of arrival.
    func layover(in run: ArraySlice<TruthEvent>) -> Layover? {
        guard let trip = run.first?.trip, let stop = timetable.firstStop(of: trip) else {
            return nil
        }
        let waits = zip(run, run.dropFirst()).filter { event, next in
            event.sequence != stop.sequence && isLongWait(event, next, tripStart: stop.scheduled)
        }
        guard let before = waits.last?.0 else { return nil }
        guard let next = run.first(where: { $0.arrival > before.arrival }) else { return nil }
        return Layover(
            lastArrivalBefore: before.arrival,
            end: end(of: before.vehicle, from: before.arrival, to: next.arrival)
        )
    }

    private func isLongWait(_ event: TruthEvent, _ next: TruthEvent, tripStart: Double) -> Bool {
        guard let scheduled = timetable.scheduled(event.trip, sequence: event.sequence),
            let scheduledNext = timetable.scheduled(next.trip, sequence: next.sequence)
        else { return false }
        let wait = (next.arrival - event.arrival) - (scheduledNext - scheduled)
        return wait > Self.longestWait && scheduled - tripStart < Self.scheduledSpan
    }

    /// The fix after the one that ended the last stillness, or the next event.
    private func end(of vehicle: Int32, from start: Double, to next: Double) -> Double {
        guard let trace = traces?[vehicle] else { return next }
        let fixes = trace.fixes(after: start.nextDown, through: next)
        let lastStill = fixes.dropLast().last {
            trace.places[$0 + 1].flatDistance(to: trace.places[$0]) < Self.stillness
        }
        guard let lastStill, lastStill + 2 < fixes.upperBound else { return next }
        return trace.times[lastStill + 2]
    }
}
