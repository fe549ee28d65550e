import TransitModel

/// A row of `trips.txt`, its references resolved.
struct TripRow {
    let id: String
    let route: RouteIndex
    let service: ServiceIndex
    let shape: ShapeIndex?
    let direction: Int?
    let headsign: String
    let block: String?
    let line: Int
    var frequencies: [Frequency] = []
}

/// A row of `frequencies.txt`.
struct FrequencyRow {
    let trip: Cell
    let frequency: Frequency

    init?(_ table: TableReader) {
        guard let trip = table.id(.tripID), table.isGiven(.startTime),
            table.isGiven(.endTime), table.isGiven(.headwaySecs),
            let start = table.time(.startTime), let end = table.time(.endTime),
            let headway = table.integer(.headwaySecs)
        else { return nil }
        guard start < end else {
            let code = start == end ? NoticeCode.rangeEqual : .rangeOutOfOrder
            table.report(code, in: .endTime, "is not after start_time; the row is dropped")
            return nil
        }
        guard headway > 0, headway <= 7 * 86_400 else {
            table.report(.numberOutOfRange, in: .headwaySecs, "is no headway; the row is dropped")
            return nil
        }
        let exact = table.choice(.exactTimes, of: 0...1, otherwise: "taken as 0") ?? 0
        self.trip = trip
        frequency = Frequency(start: start, end: end, headway: headway, isExact: exact == 1)
    }
}

extension NetworkCompiler {
    /// Reads the trips; one that refers to no route or service is dropped.
    mutating func readTrips() throws(ScheduleError) {
        guard var table = try open(.trips) else { return }
        var headsigns = TextPool()
        while table.next() {
            guard let id = table.id(.tripID, otherwise: "the trip is dropped") else { continue }
            guard tripIDs.insert(id, in: table.bytes).isNew else {
                table.report(.duplicateKey, in: .tripID, "stands twice; the first row is kept")
                continue
            }
            candidates.append(trip(table, &headsigns))
        }
        close(table)
    }

    private func trip(_ table: TableReader, _ headsigns: inout TextPool) -> TripRow? {
        guard
            let route = reference(.routeID, to: routeIDs, table, otherwise: "the trip is dropped"),
            let service = reference(
                .serviceID,
                to: serviceIDs,
                table,
                otherwise: "the trip is dropped"
            )
        else { return nil }
        return TripRow(
            id: table.text(.tripID),
            route: RouteIndex(route),
            service: ServiceIndex(service),
            shape: shape(table),
            direction: table.choice(.directionID, of: 0...1, otherwise: "taken as not given"),
            headsign: headsigns.text(table.cell(.tripHeadsign), in: table.bytes),
            block: table.optionalText(.blockID),
            line: table.line
        )
    }

    private func shape(_ table: TableReader) -> ShapeIndex? {
        guard !table.cell(.shapeID).isEmpty else { return nil }
        let shape = reference(
            .shapeID,
            to: shapeIDs,
            table,
            otherwise: "the trip is drawn straight from stop to stop"
        )
        return shape.map { ShapeIndex($0) }
    }

    private func reference(
        _ column: Column,
        to ids: IDTable,
        _ table: TableReader,
        otherwise effect: String
    ) -> Int? {
        guard let cell = table.id(column, otherwise: effect) else { return nil }
        let index = ids.index(of: cell, in: table.bytes)
        if index == nil {
            table.report(.foreignKeyViolation, in: column, "is not in the feed; \(effect)")
        }
        return index
    }

    /// Reads the headways and hands them to their trips; runs are never written out.
    mutating func readFrequencies() throws(ScheduleError) {
        guard var table = try open(.frequencies) else { return }
        var rows: [(trip: Int, line: Int, frequency: Frequency)] = []
        while table.next() {
            guard let row = FrequencyRow(table),
                let trip = reference(.tripID, to: tripIDs, table, otherwise: "the row is dropped")
            else { continue }
            rows.append((trip, table.line, row.frequency))
        }
        close(table)
        rows.sort {
            ($0.trip, $0.frequency.start, $0.line) < ($1.trip, $1.frequency.start, $1.line)
        }
        for row in rows { add(row.frequency, to: row.trip, line: row.line) }
    }

    /// Adds a headway that starts no earlier than the trip's others.
    private mutating func add(_ frequency: Frequency, to trip: Int, line: Int) {
        if let last = candidates[trip]?.frequencies.last {
            if last.start == frequency.start {
                report(.duplicateKey, frequency, line, "stands twice; the first row is kept")
                return
            }
            if frequency.start < last.end {
                report(
                    .overlappingFrequency,
                    frequency,
                    line,
                    "lies in another period of the trip; runs of both are expected"
                )
            }
        }
        candidates[trip]?.frequencies.append(frequency)
    }

    private func report(
        _ code: NoticeCode,
        _ frequency: Frequency,
        _ line: Int,
        _ message: String
    ) {
        log.report(
            code,
            file: FeedFile.frequencies.rawValue,
            line: line,
            column: .startTime,
            value: frequency.start.text,
            message
        )
    }
}
