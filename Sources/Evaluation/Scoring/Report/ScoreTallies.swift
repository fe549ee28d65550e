/// Puts every sample of a grid into the classes that it belongs to.
struct ScoreTallies {
    /// Seconds within which a vehicle was heard of lately.
    private static let recent = 600.0

    private(set) var classes = SampleClass.allCases.map { ClassTally($0) }
    /// Whether answers name the right trip; nil when rows were matched by trip.
    private(set) var identity: IdentityTally?
    /// Answers whose stop is not the passage's.
    private(set) var stopMismatches = 0
    private let traces: VehicleTraces?

    init(identity: IdentityTally?, traces: VehicleTraces?) {
        self.identity = identity
        self.traces = traces
    }

    /// Adds all samples, passage by passage, each passage's from the earliest minute on.
    mutating func add(_ grid: SampleGrid, _ table: PredictionTable) {
        for (index, passage) in grid.passages.enumerated() {
            let trace = traces?[passage.vehicle]
            for step in (0..<SampleGrid.depth).reversed() {
                guard let minute = grid.minute(passage: index, step: step) else { continue }
                let row = grid.answer(at: index * SampleGrid.depth + step).map { table.rows[$0] }
                let sample = Sample(passage: index, passage, minute: minute, answer: row)
                let isMidTrip = Double(minute) >= passage.begun
                if let row { add(row, to: passage, isMidTrip: isMidTrip) }
                let isSeen =
                    traces == nil
                    || trace?.wasHeard(within: Self.recent, before: Double(minute)) ?? false
                add(sample, passage, isMidTrip: isMidTrip, isSeen: isSeen)
            }
        }
    }

    private mutating func add(_ row: PredictionRow, to passage: Passage, isMidTrip: Bool) {
        if row.stop != IDTable.blank, row.stop != passage.stop { stopMismatches += 1 }
        identity?.add(row, to: passage, isMidTrip: isMidTrip)
    }

    private mutating func add(_ sample: Sample, _ passage: Passage, isMidTrip: Bool, isSeen: Bool) {
        for (index, sampleClass) in SampleClass.allCases.enumerated() {
            let belongs =
                switch sampleClass {
                case .midTrip: isMidTrip && !passage.isTerminal
                case .preTrip: !isMidTrip && !passage.isTerminal
                case .preTripSeen: !isMidTrip && !passage.isTerminal && isSeen
                case .terminalDeparture: passage.isTerminal
                case .all: true
                }
            if belongs { classes[index].add(sample) }
        }
    }
}
