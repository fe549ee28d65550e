import Geometry

/// When a vehicle began a run, and when it left the first stop if its fixes show that.
struct TripStart: Sendable {
    /// A departure read off two fixes.
    struct Departure: Sendable {
        /// Unix seconds.
        var moment: Double
        /// Seconds between the two fixes.
        var gap: Double
    }

    /// Unix seconds.
    var begun: Double
    var departure: Departure?
}

/// Reads starts of runs off the fixes around the first stop.
///
/// A run has begun at the first fix after the last one within 150 m of its first stop, but not
/// before a fix carried its label and not longer before its first event than twice the scheduled
/// time plus five minutes. It left its first stop when it crossed a circle of 100 m, less 15 s.
struct TripStartFinder {
    private static let terminalRadius = 150.0
    private static let departureRadius = 100.0
    private static let secondsToCrossCircle = 15.0
    private static let lookBack = 2400.0

    let timetable: ScoringTimetable
    let traces: VehicleTraces?
    /// Whether a fix's own trip label is to be believed.
    let usesLabels: Bool

    /// The start of a run, given its events in order of arrival.
    func start(of run: ArraySlice<TruthEvent>) -> TripStart? {
        guard let event = run.first else { return nil }
        guard let stop = timetable.firstStop(of: event.trip), let trace = traces?[event.vehicle]
        else { return TripStart(begun: event.arrival) }
        let later = run.first { $0.sequence != stop.sequence }
        let end = later?.arrival ?? event.arrival
        let approach = Approach(trace, to: stop.coordinate, until: end, lookBack: Self.lookBack)
        let scheduledRun = scheduledSeconds(from: stop, to: event)

        var begun = min(approach.begin(outside: Self.terminalRadius), end)
        if usesLabels, let labelled = approach.firstFix(labelled: event.trip) {
            begun = max(begun, labelled)
        }
        if event.sequence != stop.sequence, let scheduledRun {
            begun = max(begun, event.arrival - (2 * max(scheduledRun, 0) + 300))
        }
        let departure = scheduledRun.flatMap {
            approach.departure(
                outside: Self.departureRadius,
                notBefore: end - (2 * max($0, 0) + 600),
                delay: -Self.secondsToCrossCircle
            )
        }
        return TripStart(begun: min(begun, end), departure: departure)
    }

    private func scheduledSeconds(
        from stop: ScoringTimetable.FirstStop,
        to event: TruthEvent
    ) -> Double? {
        guard event.sequence != stop.sequence else { return 0 }
        return timetable.scheduled(event.trip, sequence: event.sequence)
            .map { $0 - stop.scheduled }
    }
}

/// The fixes of one vehicle on its way past the first stop of a run.
private struct Approach {
    let trace: VehicleTrace
    /// The fixes up to the run's first event beyond the first stop.
    let fixes: Range<Int>
    /// Metres from the first stop, for each of `fixes`.
    let distances: [Double]
    let end: Double

    init(_ trace: VehicleTrace, to stop: Coordinate?, until end: Double, lookBack: Double) {
        self.trace = trace
        self.end = end
        fixes = trace.fixes(after: end - lookBack, through: end)
        distances = trace.places[fixes].map { place in
            stop.map { place.flatDistance(to: $0) } ?? .infinity
        }
    }

    /// The first fix after the last one within `radius`; the first fix of all when none was.
    func begin(outside radius: Double) -> Double {
        guard !fixes.isEmpty else { return end }
        guard let last = distances.lastIndex(where: { $0 <= radius }) else {
            return trace.times[fixes.lowerBound]
        }
        let next = fixes.lowerBound + last + 1
        return next < trace.times.count ? trace.times[next] : end
    }

    func firstFix(labelled trip: Int32) -> Double? {
        trace.trips[fixes].firstIndex(of: trip).map { trace.times[$0] }
    }

    /// When the vehicle crossed the circle of `radius`, moved by `delay` seconds.
    func departure(
        outside radius: Double,
        notBefore earliest: Double,
        delay: Double
    ) -> TripStart.Departure? {
        guard let last = distances.lastIndex(where: { $0 <= radius }), last + 1 < distances.count
        else { return nil }
        let inside = trace.times[fixes.lowerBound + last]
        guard inside >= earliest else { return nil }
        let gap = trace.times[fixes.lowerBound + last + 1] - inside
        let share = (radius - distances[last]) / max(1, distances[last + 1] - distances[last])
        return TripStart.Departure(moment: inside + share * gap + delay, gap: gap)
    }
}
