/// A real passage of a stop that predictions are measured against.
struct Passage: Sendable {
    var trip: Int32
    var vehicle: Int32
    var stop: Int32
    var sequence: Int32
    /// One vehicle working one trip once.
    var run: Int32
    /// Unix seconds of the arrival, or of the departure at the first stop of a trip.
    var moment: Double
    /// Unix seconds at which the vehicle had begun the trip.
    var begun: Double
    /// Whether this is the first stop of the trip.
    var isTerminal: Bool
}

/// Makes passages of a truth's events.
struct PassageFinder {
    /// Seconds between two fixes beyond which a departure is too vague, unless the caller says.
    private static let vagueBracket = 150.0

    let timetable: ScoringTimetable
    let traces: VehicleTraces?
    let starts: TripStartFinder
    let layovers: LayoverFinder
    let maximumBracket: Double

    private(set) var layoverRuns = 0
    private(set) var droppedByLayover = 0

    init(
        timetable: ScoringTimetable,
        traces: VehicleTraces?,
        usesLabels: Bool,
        maximumBracket: Double?
    ) {
        self.timetable = timetable
        self.traces = traces
        self.maximumBracket = maximumBracket ?? Self.vagueBracket
        starts = TripStartFinder(timetable: timetable, traces: traces, usesLabels: usesLabels)
        layovers = LayoverFinder(timetable: timetable, traces: traces)
    }

    /// The passages of all runs; those of one run are neighbours.
    mutating func passages(of events: [TruthEvent]) -> [Passage] {
        var passages: [Passage] = []
        for run in events.runs { passages += self.passages(ofRun: run) }
        return passages
    }

    private mutating func passages(ofRun run: ArraySlice<TruthEvent>) -> [Passage] {
        guard var start = starts.start(of: run) else { return [] }
        var kept = run
        if let layover = layovers.layover(in: run) {
            kept = run.drop { $0.arrival <= layover.lastArrivalBefore }
            start = TripStart(begun: max(start.begun, layover.end), departure: nil)
            layoverRuns += 1
            droppedByLayover += run.count - kept.count
        }
        return passages(ofRun: kept, start)
    }

    /// With fixes the first stop's row is replaced by the departure, for that row tells when the
    /// bus came to its terminal.
    private func passages(ofRun run: ArraySlice<TruthEvent>, _ start: TripStart) -> [Passage] {
        guard let trip = run.first?.trip else { return [] }
        let first = timetable.firstStop(of: trip)
        var passages = run.map { event in
            Passage(
                trip: event.trip,
                vehicle: event.vehicle,
                stop: event.stop,
                sequence: event.sequence,
                run: event.run,
                moment: event.arrival,
                begun: start.begun,
                isTerminal: event.sequence == first?.sequence
            )
        }
        guard traces != nil else { return passages }
        passages.removeAll(where: \.isTerminal)
        if let first, let departure = start.departure, departure.gap <= maximumBracket,
            var terminal = passages.first
        {
            terminal.stop = first.stop
            terminal.sequence = first.sequence
            terminal.moment = departure.moment
            terminal.isTerminal = true
            passages.append(terminal)
        }
        return passages
    }
}

extension [TruthEvent] {
    /// The events with double ones merged.
    ///
    /// Labels that flap make one passage of a stop appear under two trips, so the same vehicle at the
    /// same stop within 180 s is one event; the longer run keeps it.
    func mergingDoublePassages() -> [TruthEvent] {
        let runLengths = Dictionary(grouping: self, by: \.run).mapValues(\.count)
        let order = indices.sorted {
            let (left, right) = (self[$0], self[$1])
            return (left.vehicle, left.stop, left.arrival, $0)
                < (right.vehicle, right.stop, right.arrival, $1)
        }
        var kept = Set<Int>()
        var group: [Int] = []
        for index in order {
            if let last = group.last, !isDouble(self[last], self[index]) {
                kept.formUnion(Self.longest(group, self, runLengths))
                group = []
            }
            group.append(index)
        }
        kept.formUnion(Self.longest(group, self, runLengths))
        return kept.sorted().map { self[$0] }
    }

    private func isDouble(_ before: TruthEvent, _ event: TruthEvent) -> Bool {
        before.vehicle == event.vehicle && before.stop == event.stop && before.run != event.run
            && event.arrival - before.arrival < 180
    }

    private static func longest(
        _ group: [Int],
        _ events: [TruthEvent],
        _ runLengths: [Int32: Int]
    ) -> [Int] {
        var best: Int?
        for index in group {
            let length = runLengths[events[index].run] ?? 0
            if best.map({ length > runLengths[events[$0].run] ?? 0 }) ?? true { best = index }
        }
        return best.map { [$0] } ?? []
    }
}
