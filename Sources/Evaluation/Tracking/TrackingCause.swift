import ETAEngine

/// Names for what went wrong, to be counted.
enum TrackingCause {
    /// Pings of a run at which route and direction were not right: where in the run, and what was
    /// shown instead.
    ///
    /// `first` is before they were right for the first time, `last` after they were for the last
    /// time, `middle` in between, and `never` a run in which they never were.
    static func ofLine(in run: TrueRun, _ count: (String) -> Void) {
        let first = run.samples.firstIndex { $0.line == .right }
        let last = run.samples.lastIndex { $0.line == .right }
        for (index, sample) in run.samples.enumerated() where sample.line != .right {
            let part: String
            if let first, let last {
                part = index < first ? "first" : index > last ? "last" : "middle"
            } else {
                part = "never"
            }
            count("\(part), \(shown(sample))")
        }
    }

    /// What a ping whose route and direction are right shows in place of the right trip.
    static func ofTrip(_ sample: TrackingSample) -> String? {
        guard sample.line == .right, sample.trip == .wrong else { return nil }
        return sample.pattern == .right ? "other trip" : "other variant"
    }

    private static func shown(_ sample: TrackingSample) -> String {
        guard sample.line == .wrong else { return sample.status.state.rawValue }
        return sample.isOnTrueRoute ? "other direction" : "other route"
    }
}
