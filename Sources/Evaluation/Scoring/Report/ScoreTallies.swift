/// Puts every sample of a grid into the classes that it belongs to.
struct ScoreTallies {
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
                let traits = SampleTraits(
                    passage, at: minute, trace: trace, isUntraced: traces == nil)
                if let row { add(row, to: passage, isMidTrip: traits.isMidTrip) }
                for (index, sampleClass) in SampleClass.allCases.enumerated()
                where sampleClass.holds(traits) {
                    classes[index].add(sample)
                }
            }
        }
    }

    private mutating func add(_ row: PredictionRow, to passage: Passage, isMidTrip: Bool) {
        if row.stop != IDTable.blank, row.stop != passage.stop { stopMismatches += 1 }
        identity?.add(row, to: passage, isMidTrip: isMidTrip)
    }
}
