/// Matches rows by trip and stop sequence.
///
/// Where two vehicles ran the same trip at nearly the same time a row must name the right one;
/// otherwise a row of another vehicle answers only if the right one's is missing. A row without a
/// sequence is matched by its stop where that occurs once in the trip.
struct TripRowMatcher: RowMatcher {
    /// Two passages of one trip and stop nearer than this in seconds need the vehicle.
    private static let ambiguousSpan = 10_800.0

    private(set) var duplicates = 0
    private var passages: [PairKey: [Int]] = [:]
    private var sequences: [PairKey: Int32] = [:]
    private var needsVehicle: [Bool]

    init(_ grid: SampleGrid) {
        needsVehicle = [Bool](repeating: false, count: grid.passages.count)
        for (index, passage) in grid.passages.enumerated() {
            passages[PairKey(passage.trip, passage.sequence), default: []].append(index)
        }
        findSequences(grid)
        findAmbiguities(grid)
    }

    mutating func match(
        _ minute: MinuteRows,
        of table: PredictionTable,
        on grid: inout SampleGrid
    ) -> [Int] {
        duplicates += minute.repeats
        let keyed = minute.rows.map { ($0, passages(for: table.rows[$0])) }
        for (index, passages) in keyed {
            for passage in passages {
                offer(index, to: passage, minute.minute, table, &grid)
            }
        }
        return keyed.compactMap { index, passages in
            let answers = passages.contains { passage in
                grid.slot(passage: passage, minute: minute.minute)
                    .map { grid.answer(at: $0) == index } ?? false
            }
            return answers ? nil : index
        }
    }

    private func passages(for row: PredictionRow) -> [Int] {
        let isNamed = row.sequence != PredictionTable.noSequence
        let sequence = isNamed ? row.sequence : sequences[PairKey(row.trip, row.stop)]
        guard let sequence else { return [] }
        return passages[PairKey(row.trip, sequence)] ?? []
    }

    private func offer(
        _ index: Int,
        to passage: Int,
        _ minute: Int64,
        _ table: PredictionTable,
        _ grid: inout SampleGrid
    ) {
        guard let slot = grid.slot(passage: passage, minute: minute) else { return }
        let vehicle = grid.passages[passage].vehicle
        let isSame = table.rows[index].vehicle == vehicle
        guard isSame || !needsVehicle[passage] else { return }
        if let answer = grid.answer(at: slot) {
            guard isSame, table.rows[answer].vehicle != vehicle else { return }
        }
        grid.setAnswer(index, at: slot)
    }

    private mutating func findSequences(_ grid: SampleGrid) {
        var repeated = Set<PairKey>()
        for passage in grid.passages {
            let key = PairKey(passage.trip, passage.stop)
            if let known = sequences[key], known != passage.sequence { repeated.insert(key) }
            sequences[key] = passage.sequence
        }
        for key in repeated { sequences[key] = nil }
    }

    private mutating func findAmbiguities(_ grid: SampleGrid) {
        for group in passages.values where group.count > 1 {
            let sorted = group.sorted {
                grid.passages[$0].moment < grid.passages[$1].moment
            }
            for (before, after) in zip(sorted, sorted.dropFirst()) {
                let span = grid.passages[after].moment - grid.passages[before].moment
                guard span < Self.ambiguousSpan else { continue }
                needsVehicle[before] = true
                needsVehicle[after] = true
            }
        }
    }
}
