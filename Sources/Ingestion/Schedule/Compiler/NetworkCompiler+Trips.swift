import TransitModel

/// A row of `trips.txt`, its references resolved; small, for there may be a million.
struct TripRow: Sendable {
    let route: RouteIndex
    let service: ServiceIndex
    /// Number among the shapes that trips name; -1 for none.
    let shape: Int32
    /// `direction_id`; -1 when not given.
    let direction: Int8
    /// Whether the trip is not dropped.
    let isKept: Bool
    /// Number of the text.
    let headsign: Int32
    /// Number of the text.
    let block: Int32
    /// Line in the file.
    let line: Int32

    /// Stands for a trip that is dropped, so that its times are not called unknown.
    static let dropped = TripRow(
        route: RouteIndex(0), service: ServiceIndex(0), shape: -1, direction: -1, isKept: false,
        headsign: 0, block: 0, line: 0)
}

/// The trips of `trips.txt`, with their headways.
struct TripRows {
    /// Ids of all trips, dropped ones too.
    var ids = IDTable()
    /// In step with ``ids``.
    var rows: [TripRow] = []
    var headsigns = TextPool()
    var blocks = TextPool()
    /// Shapes that trips name, whether or not they exist.
    var shapes = IDTable()
    /// By number of the trip.
    var frequencies: [Int: [Frequency]] = [:]

    func id(of trip: Int) -> String { ids.text(trip) }
}

/// A row of `frequencies.txt`.
struct FrequencyRow {
    let trip: Cell
    let frequency: Frequency

    init?(_ table: borrowing TableReader) {
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
        while table.next() {
            guard let id = table.id(.tripID, otherwise: "the trip is dropped") else {
                table.lose()
                continue
            }
            guard trips.ids.insert(id, in: table.bytes).isNew else {
                table.report(.duplicateKey, in: .tripID, "stands twice; the first row is kept")
                continue
            }
            let row = trip(table) ?? .dropped
            trips.rows.append(row)
            try check(trips.rows.count, against: limits.trips)
        }
        close(table)
    }

    private mutating func trip(_ table: borrowing TableReader) -> TripRow? {
        let effect = "the trip is dropped"
        let route = reference(.routeID, to: routeIDs, in: [.routes], table, otherwise: effect)
        let service = reference(
            .serviceID, to: serviceIDs, in: [.calendar, .calendarDates], table, otherwise: effect)
        guard let route, let service else { return nil }
        let direction = table.choice(.directionID, of: 0...1, otherwise: "taken as not given")
        let shape = table.cell(.shapeID)
        return TripRow(
            route: RouteIndex(route), service: ServiceIndex(service),
            shape: shape.isEmpty
                ? -1 : Int32(trips.shapes.insert(shape, in: table.bytes).index),
            direction: Int8(direction ?? -1), isKept: true,
            headsign: Int32(trips.headsigns.number(of: table.cell(.tripHeadsign), in: table.bytes)),
            block: Int32(trips.blocks.number(of: table.cell(.blockID), in: table.bytes)),
            line: Int32(truncatingIfNeeded: table.line))
    }

    private func reference(
        _ column: Column,
        to ids: IDTable,
        in parents: [FeedFile],
        _ table: borrowing TableReader,
        otherwise effect: String
    ) -> Int? {
        guard let cell = table.id(column, otherwise: effect) else { return nil }
        let index = ids.index(of: cell, in: table.bytes)
        if index == nil {
            report(dangling: column, to: parents, table, "is not in the feed; \(effect)")
        }
        return index
    }

    /// Reads the headways and hands them to their trips; runs are never written out.
    mutating func readFrequencies() throws(ScheduleError) {
        guard var table = try open(.frequencies) else {
            // Without its headways a trip would be taken for one run at the times that it names.
            if incomplete.contains(.frequencies), !emptyFiles.contains(.frequencies) {
                throw refused()
            }
            return
        }
        var lost = Set<Int>()
        var rows: [(trip: Int, line: Int, frequency: Frequency)] = []
        while table.next() {
            let effect = "the row is dropped"
            guard let row = FrequencyRow(table) else {
                if let trip = trips.ids.index(of: table.cell(.tripID), in: table.bytes) {
                    lost.insert(trip)
                }
                continue
            }
            guard
                let trip = reference(
                    .tripID, to: trips.ids, in: [.trips], table, otherwise: effect)
            else { continue }
            rows.append((trip, table.line, row.frequency))
            try check(rows.count, against: limits.frequencies)
        }
        close(table)
        checkOverlaps(rows)
        rows.sort {
            ($0.trip, $0.frequency.start, $0.line) < ($1.trip, $1.frequency.start, $1.line)
        }
        for row in rows { add(row.frequency, to: row.trip, line: row.line) }
        for trip in lost.sorted() where trips.frequencies[trip] == nil { dropTemplate(trip) }
    }

    /// Drops a trip all headways of which were dropped: its times are those of no run.
    private mutating func dropTemplate(_ trip: Int) {
        guard trips.rows[trip].isKept else { return }
        log.reportUnusable(trips, trip, "none of its headways can be used; it is dropped")
        trips.rows[trip] = .dropped
    }

    /// Adds a headway that starts no earlier than the trip's others.
    private mutating func add(_ frequency: Frequency, to trip: Int, line: Int) {
        if trips.frequencies[trip]?.last?.start == frequency.start {
            report(.duplicateKey, frequency, line, "stands twice; the first row is kept")
        } else {
            trips.frequencies[trip, default: []].append(frequency)
        }
    }

    private func checkOverlaps(_ rows: [(trip: Int, line: Int, frequency: Frequency)]) {
        let sorted = rows.sorted {
            ($0.trip, $0.frequency.start, $0.frequency.end, $0.frequency.headway, $0.line)
                < ($1.trip, $1.frequency.start, $1.frequency.end, $1.frequency.headway, $1.line)
        }
        for (last, next) in zip(sorted, sorted.dropFirst())
        where last.trip == next.trip && next.frequency.start < last.frequency.end {
            report(
                .overlappingFrequency, next.frequency, next.line,
                "lies in another period of the trip; runs of both are expected")
        }
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
