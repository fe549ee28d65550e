import TransitModel

extension Engine {
    /// Seconds between two fixes around a call beyond which nothing can be learned from it.
    ///
    /// Where trackers fall silent while the bus stands, long gaps are the long waits: without them,
    /// buses would seem to be faster than they are.
    private static let longestBracket = 600.0

    /// Notes the calls that were seen, and learns from them.
    mutating func learn(_ observed: TrackedPassages, from vehicle: Int) {
        guard let source = observed.source else { return }
        var previous = observed.before
        for passage in observed.passages {
            let event = StopEvent(
                passage, of: vehicles.span[vehicle].vehicleID, on: source.instance,
                in: patterns[source.pattern])
            events.append(event)
            if let grade = grader.grade(event, on: source.pattern) {
                calibration.learn(grade)
                grades.append(grade)
            }
            if let previous, let traversal = traversal(from: previous, to: passage, on: source) {
                learn(traversal, on: source, from: vehicle)
            }
            previous = passage
        }
    }

    private func traversal(
        from previous: Passage, to passage: Passage, on source: TrackedPassages.Source
    ) -> Traversal? {
        guard previous.position + 1 == passage.position,
            max(passage.bracket, previous.bracket) <= Self.longestBracket,
            let exit = passage.arrival, let entry = previous.arrival ?? previous.departure
        else { return nil }
        let reference = source.reference
        return Traversal(
            pattern: source.pattern, position: previous.position,
            reference: reference[passage.position] - reference[previous.position],
            entry: entry, exit: exit,
            lateness: source.scheduledStart.map {
                entry - ($0 + reference[previous.position])
            })
    }

    private mutating func learn(
        _ traversal: Traversal, on source: TrackedPassages.Source, from vehicle: Int
    ) {
        var pace = vehicles.span[vehicle].work.pace
        times.learn(traversal, pace: &pace)
        guard vehicles.span[vehicle].hasRun,
            vehicles.span[vehicle].work.instance == source.instance
        else { return }
        vehicles[vehicle].work.pace = pace
    }
}
