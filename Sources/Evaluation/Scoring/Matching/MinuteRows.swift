/// The rows that count for one whole minute: of several for the same vehicle, trip and stop, the
/// newest, and of equally new ones the first.
struct MinuteRows {
    /// Unix seconds.
    let minute: Int64
    /// Indexes of rows, newest first.
    let rows: [Int]
    /// How many rows said the same thing at the same moment as a row that is kept.
    let repeats: Int

    private struct Subject: Hashable {
        var vehicle, trip, stop, sequence: Int32
    }

    /// Sorts out the rows of one minute, given in order of the file.
    init(minute: Int64, indexes: some Collection<Int>, of table: PredictionTable) {
        self.minute = minute
        let rows = table.rows
        var newest = Array(indexes)
        let isMixed = newest.contains { rows[$0].madeAt != rows[newest[0]].madeAt }
        if isMixed {
            newest.sort { (rows[$1].madeAt, $0) < (rows[$0].madeAt, $1) }
        }
        var lastMade = [Subject: Double](minimumCapacity: newest.count)
        var repeats = 0
        var kept: [Int] = []
        kept.reserveCapacity(newest.count)
        for index in newest {
            let row = rows[index]
            let subject = Subject(
                vehicle: row.vehicle,
                trip: row.trip,
                stop: row.stop,
                sequence: row.sequence
            )
            switch lastMade.updateValue(row.madeAt, forKey: subject) {
            case nil: kept.append(index)
            case row.madeAt: repeats += 1
            default: break
            }
        }
        self.rows = kept
        self.repeats = repeats
    }
}

extension PredictionTable {
    /// Calls `body` with the rows of each minute, in order of time.
    func forEachMinute(_ body: (MinuteRows) -> Void) {
        let minutes = rows.map(\.minute)
        let isSorted = zip(minutes, minutes.dropFirst()).allSatisfy(<=)
        let order =
            isSorted
            ? Array(rows.indices)
            : rows.indices.sorted { (minutes[$0], $0) < (minutes[$1], $1) }
        var start = 0
        while start < order.count {
            let minute = minutes[order[start]]
            let end = order[start...].firstIndex { minutes[$0] != minute } ?? order.count
            body(MinuteRows(minute: minute, indexes: order[start..<end], of: self))
            start = end
        }
    }
}
