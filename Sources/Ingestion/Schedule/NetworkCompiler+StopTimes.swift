import TransitModel

extension NetworkCompiler {
    /// Reads the stop times; a row of an unknown trip or stop is dropped.
    mutating func readStopTimes() throws(ScheduleError) -> StopTimeRows {
        var rows = StopTimeRows(tripCount: candidates.count)
        guard var table = try open(.stopTimes) else { return rows }
        var lastTrip = LastID()
        while table.next() {
            guard
                let trip = lastTrip.index(of: table.cell(.tripID), in: table.bytes, tripIDs)
                    ?? unknownTrip(table)
            else { continue }
            if candidates[trip] != nil, let row = stopTime(of: trip, table) { rows.append(row) }
        }
        close(table)
        rows.group()
        return rows
    }

    private func unknownTrip(_ table: TableReader) -> Int? {
        if table.isGiven(.tripID) {
            table.report(
                .foreignKeyViolation,
                in: .tripID,
                "is no trip of the feed; the row is dropped"
            )
        }
        return nil
    }

    private func stopTime(of trip: Int, _ table: TableReader) -> StopTimeRow? {
        guard let stopID = table.id(.stopID), let sequence = sequence(table) else { return nil }
        guard let stop = stopIDs.index(of: stopID, in: table.bytes) else {
            table.report(
                .foreignKeyViolation,
                in: .stopID,
                "is no stop of the feed; the row is dropped"
            )
            return nil
        }
        let arrival = table.time(.arrivalTime, otherwise: "taken as not given")
        let departure = table.time(.departureTime, otherwise: "taken as not given")
        checkSides(table)
        if let arrival, let departure, departure < arrival {
            table.report(
                .rangeOutOfOrder,
                in: .departureTime,
                "is before the arrival; the bus is taken to leave as it arrives"
            )
        }
        return StopTimeRow(
            trip: trip,
            stop: stop,
            sequence: sequence,
            line: table.line,
            arrival: arrival,
            departure: departure
        )
    }

    private func sequence(_ table: TableReader) -> Int? {
        guard table.isGiven(.stopSequence), let sequence = table.integer(.stopSequence) else {
            return nil
        }
        if sequence >= 0, sequence <= Int(Int32.max) { return sequence }
        table.report(.numberOutOfRange, in: .stopSequence, "is no sequence; the row is dropped")
        return nil
    }

    private func checkSides(_ table: TableReader) {
        let noArrival = table.cell(.arrivalTime).isEmpty
        guard noArrival != table.cell(.departureTime).isEmpty else { return }
        table.report(
            .stopTimeOneSided,
            in: noArrival ? .arrivalTime : .departureTime,
            "is blank beside a time; both are taken as that time"
        )
    }
}

/// Remembers the last id looked up: rows of one trip mostly follow one another.
private struct LastID {
    private var cell = Cell.empty
    private var index: Int?

    mutating func index(of next: Cell, in bytes: [UInt8], _ ids: IDTable) -> Int? {
        if !isSame(next, bytes) { index = next.isEmpty ? nil : ids.index(of: next, in: bytes) }
        cell = next
        return index
    }

    private func isSame(_ next: Cell, _ bytes: [UInt8]) -> Bool {
        guard !cell.isEmpty, next.range.count == cell.range.count else { return false }
        return bytes[next.range].elementsEqual(bytes[cell.range])
    }
}
