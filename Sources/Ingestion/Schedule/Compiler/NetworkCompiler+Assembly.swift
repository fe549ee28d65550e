import Geometry
import TransitModel

extension NetworkCompiler {
    /// Joins lines, patterns, trips and times; trips that cannot run are dropped.
    mutating func assemble(_ compiler: consuming StopTimesCompiler, _ shapes: [ShapeIndex?]) {
        var compiler = compiler
        let order = PatternOrder(compiler)
        let placer = PatternCompiler(parts)
        let drafts = PatternSource(
            drafts: compiler.drafts, timed: compiler.timed, times: compiler.times, shapes: shapes)
        let placed = SideBySide.map(count: order.drafts.count) {
            placer.place(drafts.draft(Int(order.drafts[$0])))
        }
        report(placed.flatMap(\.remarks))
        parts.stopTimes = times(&compiler, placed, order)
        addPatterns(placed, order, compiler)
    }

    /// The times of all trips, those that are not given found from their neighbours.
    private func times(
        _ compiler: inout StopTimesCompiler, _ placed: [PatternCompiler.Placed],
        _ order: PatternOrder
    ) -> [StopTime] {
        for trip in compiler.withGaps {
            let number = order.numbers[Int(compiler.timed[trip].pattern)]
            guard let pattern = placed[Int(number)].pattern else { continue }
            compiler.fillGaps(of: trip, along: pattern.distances)
        }
        return compiler.times
    }

    /// Tells each remark once.
    private func report(_ remarks: [PatternCompiler.Remark]) {
        var told = Set<PatternCompiler.Remark>()
        for remark in remarks where told.insert(remark).inserted {
            log.report(
                remark.code, file: FeedFile.shapes.rawValue, column: .shapeID,
                value: parts.shapes[remark.shape].id, remark.message)
        }
    }

    /// Adds the patterns that have a line, and the trips that follow them, in order of the file.
    private mutating func addPatterns(
        _ placed: [PatternCompiler.Placed], _ order: PatternOrder,
        _ compiler: borrowing StopTimesCompiler
    ) {
        var indexes = [PatternIndex?](repeating: nil, count: placed.count)
        for (number, place) in placed.enumerated() {
            guard let pattern = place.pattern else { continue }
            indexes[number] = PatternIndex(parts.patterns.count)
            parts.patterns.elements.append(pattern)
        }
        parts.trips.elements.reserveCapacity(trips.rows.count)
        for (number, row) in trips.rows.enumerated() where row.isKept {
            let timed = compiler.timed[number]
            guard timed.isUsable else {
                if !timed.isSeen {
                    log.reportUnusable(trips, number, "has no stop times; it is dropped")
                }
                continue
            }
            guard let pattern = indexes[Int(order.numbers[Int(timed.pattern)])] else {
                log.reportUnusable(trips, number, "none of its stops has a position; it is dropped")
                continue
            }
            add(row, number, pattern, firstStopTime: Int(timed.firstStopTime))
        }
    }

    private mutating func add(
        _ row: TripRow, _ number: Int, _ pattern: PatternIndex, firstStopTime: Int
    ) {
        parts.trips.elements.append(
            Trip(
                id: trips.id(of: number), pattern: pattern, service: row.service,
                headsign: trips.headsigns.texts[Int(row.headsign)],
                block: row.block == 0 ? nil : trips.blocks.texts[Int(row.block)],
                firstStopTime: firstStopTime, frequencies: trips.frequencies[number] ?? []))
    }
}

extension NoticeLog {
    /// Reports a trip that cannot run.
    func reportUnusable(_ trips: TripRows, _ trip: Int, _ message: String) {
        report(
            .unusableTrip, file: FeedFile.trips.rawValue, line: Int(trips.rows[trip].line),
            column: .tripID, value: trips.id(of: trip), message)
    }
}

/// What patterns are made of, for any thread to read.
private struct PatternSource: Sendable {
    let drafts: PatternDrafts
    let timed: [TimedTrip]
    let times: [StopTime]
    let shapes: [ShapeIndex?]

    func draft(_ number: Int) -> PatternCompiler.Draft {
        let draft = drafts.drafts[number]
        let list = drafts.lists[Int(draft.list)]
        let first = Int(timed[Int(drafts.firstTrips[number])].firstStopTime)
        return PatternCompiler.Draft(
            route: draft.route, direction: draft.direction < 0 ? nil : Int(draft.direction),
            shape: draft.shape < 0 ? nil : shapes[Int(draft.shape)], list: list,
            progress: progress(of: times[first..<first + list.stops.count]))
    }

    /// Which share of the trip's time has passed at each stop.
    private func progress(of times: ArraySlice<StopTime>) -> [Double?] {
        guard let start = times.first?.departure, let end = times.last?.arrival, start < end else {
            return [Double?](repeating: nil, count: times.count)
        }
        let duration = Double(end.seconds - start.seconds)
        return times.map { time in
            guard time.isTimed else { return nil }
            return min(1, max(0, Double(time.arrival.seconds - start.seconds) / duration))
        }
    }
}

/// Numbers patterns in the order in which trips of `trips.txt` follow them, whatever the order of
/// `stop_times.txt`.
private struct PatternOrder: Sendable {
    /// Draft of each pattern.
    private(set) var drafts: [Int32] = []
    /// Number of each draft; -1 for one that no trip follows.
    private(set) var numbers: [Int32]

    init(_ compiler: borrowing StopTimesCompiler) {
        numbers = [Int32](repeating: -1, count: compiler.drafts.drafts.count)
        for timed in compiler.timed where timed.isUsable && numbers[Int(timed.pattern)] < 0 {
            numbers[Int(timed.pattern)] = Int32(drafts.count)
            drafts.append(timed.pattern)
        }
    }
}
