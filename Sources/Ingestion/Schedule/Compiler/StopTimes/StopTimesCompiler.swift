import TransitModel

/// Where a trip's times are, and the number of its pattern among the drafts.
struct TimedTrip: Sendable {
    var pattern: Int32 = -1
    var firstStopTime: Int32 = 0

    /// Whether rows of the trip have been seen.
    var isSeen = false
    /// Whether rows of other trips stand between them.
    var isScattered = false
    /// Whether the trip can run.
    var isUsable: Bool { pattern >= 0 }
}

/// Makes patterns and times of the rows of `stop_times.txt`, one trip after the other.
///
/// Most files keep a trip's rows together; then a trip is done once its rows end, and rows need no
/// memory. Otherwise all rows are gathered and sorted first.
struct StopTimesCompiler {
    /// Seconds by which times that start anew at midnight are moved at most.
    private static let longestShift: Int32 = 6 * 86_400
    /// Seconds by which a time falls that is not merely a few minutes wrong.
    private static let halfDay: Int32 = 12 * 3600
    /// Stops above which a trip is dropped; the longest in earnest have a few hundred.
    private static let stopLimit = 100_000

    let trips: TripRows
    let log: NoticeLog
    private(set) var drafts = PatternDrafts()
    var times: [StopTime] = []
    /// In step with the trips.
    private(set) var timed: [TimedTrip]
    /// Trips with stops that have no time of their own yet.
    private(set) var withGaps: [Int] = []
    /// Whether a trip's rows went on after those of another.
    private(set) var isScattered = false
    /// Trips that belong to blocks.
    private(set) var blockRuns: [BlockRun] = []
    /// Places at which only trips call that cannot run.
    private(set) var calledInVain = Set<StopIndex>()

    /// Why there are too many of something, once there are.
    private(set) var failure: FeedFailure?

    private let bounds: FeedLimits
    private let gathersFirst: Bool
    private var rows: [StopTimeRow] = []
    private var current = -1
    /// For each stop the one that followed it last, which mostly does so again.
    private var successors: [StopIndex]
    private var limits: TravelLimits
    private let incomplete: Set<FeedFile>

    init(_ network: NetworkCompiler, gathersFirst: Bool, log: NoticeLog) {
        trips = network.trips
        incomplete = network.incomplete
        limits = TravelLimits(network.parts)
        bounds = network.limits
        successors = [StopIndex](repeating: StopIndex(0), count: network.parts.stops.count)
        self.gathersFirst = gathersFirst
        self.log = log
        timed = [TimedTrip](repeating: TimedTrip(), count: trips.rows.count)
    }

    /// Reads all rows, or those up to where a trip goes on that seemed done.
    mutating func read(_ table: inout TableReader, of size: Int, stops: IDTable) {
        // Hardly a row is shorter than this; room that is not used takes no memory.
        times.reserveCapacity(min(size / 16, bounds.stopTimes.count))
        if gathersFirst {
            rows.reserveCapacity(min(size / 16, bounds.scatteredStopTimes.count + 1))
        }
        let plain = PlainStopTimes(table.columns, trips: trips.ids, stops: stops)
        let isIncomplete = incomplete.contains(.stops)
        while !isScattered, failure == nil, table.next() {
            guard let trip = trip(table),
                let row = table.stopTime(of: trip, stops: stops, isIncomplete: isIncomplete)
            else { continue }
            take(row, of: trip)
            if !gathersFirst, let plain { takePlainRows(&table, plain) }
        }
        if gathersFirst, failure == nil { gather() } else { finish() }
    }

    private func trip(_ table: borrowing TableReader) -> Int? {
        let cell = table.cell(.tripID)
        let bytes = table.csv.window.bytes.span
        if current >= 0, trips.ids.matches(current, cell, in: bytes) { return current }
        // Trips mostly come as they do in trips.txt.
        let next = current + 1
        if next < trips.ids.count, trips.ids.matches(next, cell, in: bytes) { return next }
        if let trip = cell.isEmpty ? nil : trips.ids.index(of: cell, in: bytes) { return trip }
        if table.isGiven(.tripID) {
            let isIncomplete = incomplete.contains(.trips)
            table.report(
                .foreignKeyViolation, in: .tripID, severity: isIncomplete ? .warning : nil,
                "is no trip of the feed; the row is dropped"
                    + (isIncomplete ? FeedFile.trips.mayHoldIt : ""))
        }
        return nil
    }

    private mutating func take(_ row: StopTimeRow, of trip: Int) {
        if trip != current { begin(trip) }
        if gathersFirst || rows.count <= Self.stopLimit { rows.append(row) }
        if gathersFirst { failure = bounds.scatteredStopTimes.failure(at: rows.count) }
    }

    private mutating func begin(_ trip: Int) {
        if gathersFirst {
            timed[trip].isScattered = timed[trip].isSeen
            timed[trip].isSeen = true
        } else {
            finish()
            isScattered = timed[trip].isSeen
        }
        current = trip
    }

    /// Takes the rows of the current trip that are as plain as nearly all are.
    private mutating func takePlainRows(_ table: inout TableReader, _ plain: PlainStopTimes) {
        guard var last = rows.last?.stop.position else { return }
        table.takeRows { bytes, start, line in
            let likely = successors[last]
            let read = plain.row(
                bytes, at: .init(trip: current, likely: likely, start: start, line: line))
            guard let read else { return nil }
            if read.row.stop != likely { successors[last] = read.row.stop }
            last = read.row.stop.position
            if rows.count <= Self.stopLimit { rows.append(read.row) }
            return read.end
        }
    }

    private mutating func gather() {
        var all: [StopTimeRow] = []
        swap(&all, &rows)
        // In place: there is no room for all of them twice.
        all.sort { ($0.trip, $0.line) < ($1.trip, $1.line) }
        current = -1
        for row in all {
            if Int(row.trip) != current {
                finish()
                current = Int(row.trip)
            }
            if rows.count <= Self.stopLimit { rows.append(row) }
        }
        finish()
    }

    private mutating func finish() {
        defer { rows.removeAll(keepingCapacity: true) }
        guard current >= 0, !rows.isEmpty else { return }
        timed[current].isSeen = true
        sortRows()
        noteBlock()
        guard isUsable() else {
            calledInVain.formUnion(rows.lazy.map(\.stop))
            return
        }
        let pattern = drafts.number(of: rows, trips.rows[current])
        timed[current].pattern = pattern
        timed[current].firstStopTime = Int32(times.count)
        limits.take(pattern, of: rows, trips.rows[current].route)
        appendTimes()
        checkBounds()
    }

    /// Notes when there is more than a feed has.
    private mutating func checkBounds() {
        failure =
            failure ?? bounds.stopTimes.failure(at: times.count)
            ?? bounds.patterns.failure(at: drafts.drafts.count)
            ?? bounds.patternStops.failure(at: drafts.stopCount)
    }

    private mutating func noteBlock() {
        guard trips.rows[current].block != 0, let first = rows.first, let last = rows.last,
            let run = BlockRun(current, from: first, to: last)
        else { return }
        blockRuns.append(run)
    }
}

extension StopTimesCompiler {
    private mutating func sortRows() {
        let isSorted = zip(rows, rows.dropFirst()).allSatisfy { $0.sequence < $1.sequence }
        if !isSorted || timed[current].isScattered { reportUnsorted() }
        if isSorted { return }
        rows.sort { ($0.sequence, $0.line) < ($1.sequence, $1.line) }
        var kept: [StopTimeRow] = []
        for row in rows {
            if kept.last?.sequence != row.sequence {
                kept.append(row)
            } else {
                report(
                    .duplicateKey, row, .stopSequence, String(row.sequence),
                    "stands twice in the trip; the first row is kept")
            }
        }
        rows = kept
    }

    private func reportUnsorted() {
        let id = trips.id(of: current)
        let isScattered = timed[current].isScattered
        report(
            .unsortedStopTimes, rows[0], .tripID, id,
            isScattered
                ? "has rows that do not stand side by side; reading takes longer"
                : "has rows that are not in order of stop_sequence; they are sorted")
    }

    /// Whether the trip can run; what keeps it from that is reported, but for a trip that was
    /// dropped before.
    private func isUsable() -> Bool {
        guard let first = rows.first, let last = rows.last else { return false }
        checkEdge(first)
        if rows.count > 1 { checkEdge(last) }
        guard trips.rows[current].isKept else { return false }
        guard rows.count > 1 else {
            log.reportUnusable(trips, current, "calls at fewer than two stops; it is dropped")
            return false
        }
        guard rows.count <= Self.stopLimit else {
            log.reportUnusable(
                trips, current, "calls at more than \(Self.stopLimit) stops; it is dropped")
            return false
        }
        guard first.isTimed, last.isTimed else {
            log.reportUnusable(
                trips, current, "has no time at its first or last stop; it is dropped")
            return false
        }
        return true
    }

    /// Reports the times that the first or last stop of a trip lacks.
    private func checkEdge(_ row: StopTimeRow) {
        let effect =
            row.isTimed ? "its other time is taken" : "no run of the trip has a start and an end"
        if row.givenArrival.isBlank {
            report(.missingTripEdge, row, .arrivalTime, "", "is blank at an end; \(effect)")
        }
        if row.givenDeparture.isBlank {
            report(.missingTripEdge, row, .departureTime, "", "is blank at an end; \(effect)")
        }
    }

    /// Appends the trip's times, never back; those that are not given are left for later.
    private mutating func appendTimes() {
        guard areTimesInOrder else { return appendMendedTimes() }
        var leaves = Int32.min
        for (position, row) in rows.enumerated() {
            let time = row.given
            if time.arrival.seconds &- leaves < limits.seconds[position] { checkSpeed(position) }
            times.append(time)
            leaves = time.departure.seconds
        }
    }

    /// Whether all times are given, and none is before another.
    private var areTimesInOrder: Bool {
        var last = ServiceTime(0)
        return rows.allSatisfy { row in
            defer { last = row.given.departure }
            return row.isTimedTwice && last <= row.given.arrival
                && row.given.arrival <= row.given.departure
        }
    }

    private mutating func appendMendedTimes() {
        var previous = Int32.min
        var shift: Int32 = 0
        var hasGaps = false
        for (position, row) in rows.enumerated() {
            guard let arrival = row.arrival?.seconds, let departure = row.departure?.seconds else {
                times.append(.untimed)
                hasGaps = true
                continue
            }
            if arrival + shift < previous {
                if let restored = dropOutlier(before: arrival + shift, after: previous) {
                    previous = restored
                    hasGaps = true
                } else {
                    shift = mend(row, after: previous, shift)
                }
            }
            let arrives = max(arrival + shift, previous)
            if arrives &- previous < limits.seconds[position] { checkSpeed(position) }
            let leaves = max(departure + shift, arrives)
            times.append(
                StopTime(arrival: ServiceTime(Int(arrives)), departure: ServiceTime(Int(leaves))))
            previous = leaves
        }
        if hasGaps { withGaps.append(current) }
    }

    /// Takes back the last time where it is half a day too late for what follows and the two times
    /// that follow are in line with the two before; returns the departure before it.
    ///
    /// With fewer there is no telling which of them is wrong.
    private mutating func dropOutlier(before arrival: Int32, after previous: Int32) -> Int32? {
        let first = Int(timed[current].firstStopTime)
        guard previous - arrival > Self.halfDay else { return nil }
        // Backward, as a trip may have many thousands of stops and fall at each.
        var given: [Int] = []
        var position = times.count
        while position > first, given.count < 3 {
            position -= 1
            if times[position].isTimed { given.append(position) }
        }
        guard given.count == 3 else { return nil }
        let (late, before) = (given[0], given[1])
        let after = rows[(times.count - first)...].lazy.compactMap(\.arrival).prefix(2)
        guard times[before].departure.seconds <= arrival, after.count == 2,
            zip(after, after.dropFirst()).allSatisfy({ $0 <= $1 })
        else { return nil }
        let row = rows[late - first]
        report(
            .stopTimeBeforePrevious, row, .arrivalTime, row.arrival?.text,
            "is far later than the times after it; read from its neighbours")
        times[late] = .untimed
        return times[before].departure.seconds
    }

    private func checkSpeed(_ position: Int) {
        guard position > 0,
            let speed = limits.excess(from: rows[position - 1], to: rows[position])
        else { return }
        let row = rows[position]
        report(
            .fastTravel, row, .arrivalTime, row.arrival?.text,
            "would take \(speed) km/h from the stop before; a time or a place is wrong")
    }

    /// Reports a time that falls, and returns by how much it and those after it must be moved: by a
    /// day where the clock started anew at midnight.
    private func mend(_ row: StopTimeRow, after previous: Int32, _ shift: Int32) -> Int32 {
        let arrival = (row.arrival?.seconds ?? 0) + shift
        let isNextDay = previous - arrival > Self.halfDay && shift < Self.longestShift
        let before = ServiceTime(Int(previous)).text
        report(
            .stopTimeBeforePrevious, row, .arrivalTime, row.arrival?.text,
            "is before \(before), when the bus leaves the stop before; "
                + (isNextDay ? "taken as a time of the next day" : "taken as that time"))
        return isNextDay ? shift + 86_400 : shift
    }

    private func report(
        _ code: NoticeCode, _ row: StopTimeRow, _ column: Column, _ value: String?,
        _ message: String
    ) {
        log.report(
            code, file: FeedFile.stopTimes.rawValue, line: Int(row.line), column: column,
            value: value, message)
    }
}
