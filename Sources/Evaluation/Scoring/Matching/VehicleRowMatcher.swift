/// Matches rows by vehicle and stop, whatever trip they name.
///
/// A row goes to the real passage after its minute that lies nearest to its predicted time, at most
/// 45 minutes off; of several rows for one passage the closest answers.
struct VehicleRowMatcher: RowMatcher {
    /// Seconds between a predicted time and a passage beyond which they are strangers.
    private static let longestDistance = 2700.0

    /// A row and the passage it goes to.
    private struct Claim {
        var row: Int
        var passage: Int
        var distance: Double
        var predicted: Double
    }

    private struct Visits {
        var moments: [Double] = []
        var passages: [Int] = []
    }

    private(set) var duplicates = 0
    private var visits: [PairKey: Visits] = [:]

    init(_ grid: SampleGrid) {
        let order = grid.passages.indices.sorted {
            (grid.passages[$0].moment, $0) < (grid.passages[$1].moment, $1)
        }
        for index in order {
            let passage = grid.passages[index]
            let key = PairKey(passage.vehicle, passage.stop)
            visits[key, default: Visits()].moments.append(passage.moment)
            visits[key, default: Visits()].passages.append(index)
        }
    }

    mutating func match(
        _ minute: MinuteRows,
        of table: PredictionTable,
        on grid: inout SampleGrid
    ) -> [Int] {
        var strangers: [Int] = []
        var claims: [Claim] = []
        for index in minute.rows {
            if let claim = claim(of: index, table.rows[index], after: Double(minute.minute)) {
                claims.append(claim)
            } else {
                strangers.append(index)
            }
        }
        claims.sort { ($0.distance, $0.predicted, $0.row) < ($1.distance, $1.predicted, $1.row) }
        var claimed = Set<Int>()
        for claim in claims {
            guard claimed.insert(claim.passage).inserted else {
                duplicates += 1
                continue
            }
            if let slot = grid.slot(passage: claim.passage, minute: minute.minute) {
                grid.setAnswer(claim.row, at: slot)
            }
        }
        return strangers
    }

    /// The nearest passage after the minute among the two around the predicted time and the first one
    /// after the minute.
    private func claim(of index: Int, _ row: PredictionRow, after minute: Double) -> Claim? {
        guard let visits = visits[PairKey(row.vehicle, row.stop)] else { return nil }
        let next = visits.moments.firstIndex(atLeast: row.arrival)
        let last = visits.moments.firstIndex(above: row.arrival) - 1
        let first = visits.moments.firstIndex(above: minute)
        var best: Claim?
        for visit in [next, last, first] where visits.moments.indices.contains(visit) {
            let moment = visits.moments[visit]
            let distance = abs(moment - row.arrival)
            guard moment > minute, distance <= Self.longestDistance else { continue }
            if let best, best.distance <= distance { continue }
            best = Claim(
                row: index,
                passage: visits.passages[visit],
                distance: distance,
                predicted: row.arrival
            )
        }
        return best
    }
}
