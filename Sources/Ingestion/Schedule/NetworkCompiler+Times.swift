import TransitModel

extension NetworkCompiler {
    /// Joins trips with their times, in order of `trips.txt`; those that cannot run are dropped.
    mutating func compileTrips(_ rows: StopTimeRows) {
        var compiler = PatternCompiler(parts, log: log)
        for (number, candidate) in candidates.enumerated() {
            guard let trip = candidate else { continue }
            let times = withoutDuplicates(rows.rows(of: number))
            guard isUsable(times, trip) else { continue }
            guard let pattern = compiler.pattern(of: trip, times) else {
                report(.unusableTrip, trip, "none of its stops has a position; it is dropped")
                continue
            }
            add(trip, pattern, times, along: compiler.patterns[pattern].distances)
        }
        parts.patterns = compiler.patterns
    }

    private mutating func add(
        _ trip: TripRow,
        _ pattern: PatternIndex,
        _ rows: ArraySlice<StopTimeRow>,
        along distances: [Double]
    ) {
        parts.trips.elements.append(
            Trip(
                id: trip.id,
                pattern: pattern,
                service: trip.service,
                headsign: trip.headsign,
                block: trip.block,
                firstStopTime: parts.stopTimes.count,
                frequencies: trip.frequencies
            )
        )
        appendTimes(rows, along: distances)
    }

    private func withoutDuplicates(_ rows: ArraySlice<StopTimeRow>) -> ArraySlice<StopTimeRow> {
        guard zip(rows, rows.dropFirst()).contains(where: { $0.sequence == $1.sequence }) else {
            return rows
        }
        var kept: [StopTimeRow] = []
        for row in rows {
            if kept.last?.sequence != row.sequence {
                kept.append(row)
            } else {
                report(
                    .duplicateKey,
                    row,
                    .stopSequence,
                    String(row.sequence),
                    "stands twice in the trip; the first row is kept"
                )
            }
        }
        return kept[...]
    }

    private func isUsable(_ rows: ArraySlice<StopTimeRow>, _ trip: TripRow) -> Bool {
        guard let first = rows.first, let last = rows.last, rows.count > 1 else {
            report(.unusableTrip, trip, "calls at fewer than two stops; it is dropped")
            return false
        }
        for edge in [first, last] where edge.arrival == nil {
            report(
                .missingTripEdge,
                edge,
                .arrivalTime,
                nil,
                "trip \(trip.id) has no time at its first or last stop; it is dropped"
            )
            return false
        }
        return true
    }
}

extension NetworkCompiler {
    /// Appends a trip's times: untimed stops by their distance between timed ones, and never back.
    private mutating func appendTimes(_ rows: ArraySlice<StopTimeRow>, along distances: [Double]) {
        let first = parts.stopTimes.count
        var lastTimed = 0
        var previous = ServiceTime(0)
        for (position, row) in rows.enumerated() {
            guard let arrival = row.arrival, let departure = row.departure else {
                parts.stopTimes.append(StopTime(arrival: previous, departure: previous))
                continue
            }
            if arrival < previous, position > 0 { reportTimeTravel(row, previous) }
            let arrives = position > 0 ? max(arrival, previous) : arrival
            let leaves = max(departure, arrives)
            parts.stopTimes.append(StopTime(arrival: arrives, departure: leaves))
            if position - lastTimed > 1 {
                interpolate(lastTimed..<position, from: first, along: distances)
            }
            lastTimed = position
            previous = leaves
        }
    }

    /// Times the stops after the first of `range` and before its end, both of which have times.
    private mutating func interpolate(
        _ range: Range<Int>,
        from first: Int,
        along distances: [Double]
    ) {
        let leaves = parts.stopTimes[first + range.lowerBound].departure.seconds
        let arrives = parts.stopTimes[first + range.upperBound].arrival.seconds
        let start = distances[range.lowerBound]
        let length = distances[range.upperBound] - start
        for position in range.dropFirst() {
            let share =
                length > 0
                ? (distances[position] - start) / length
                : Double(position - range.lowerBound) / Double(range.count)
            let passed = (Double(arrives - leaves) * share).rounded()
            let time = ServiceTime(Int(leaves) + Int(passed))
            parts.stopTimes[first + position] = StopTime(arrival: time, departure: time)
        }
    }

    private func reportTimeTravel(_ row: StopTimeRow, _ previous: ServiceTime) {
        report(
            .stopTimeBeforePrevious,
            row,
            .arrivalTime,
            row.arrival?.text,
            "is before \(previous.text), when the bus leaves the stop before; taken as that time"
        )
    }

    private func report(_ code: NoticeCode, _ trip: TripRow, _ message: String) {
        log.report(
            code,
            file: FeedFile.trips.rawValue,
            line: trip.line,
            column: .tripID,
            value: trip.id,
            message
        )
    }

    private func report(
        _ code: NoticeCode,
        _ row: StopTimeRow,
        _ column: Column,
        _ value: String?,
        _ message: String
    ) {
        log.report(
            code,
            file: FeedFile.stopTimes.rawValue,
            line: Int(row.line),
            column: column,
            value: value,
            message
        )
    }
}
