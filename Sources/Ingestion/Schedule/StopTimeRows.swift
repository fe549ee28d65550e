import TransitModel

/// A row of `stop_times.txt`, its references resolved; small, for there are millions.
struct StopTimeRow {
    /// Number of the trip in `trips.txt`.
    let trip: Int32
    let stop: StopIndex
    let sequence: Int32
    /// Line in the file.
    let line: Int32
    private let arrivalSeconds: Int32
    private let departureSeconds: Int32
    private static let untimed = Int32.min

    init(
        trip: Int,
        stop: Int,
        sequence: Int,
        line: Int,
        arrival: ServiceTime?,
        departure: ServiceTime?
    ) {
        self.trip = Int32(trip)
        self.stop = StopIndex(stop)
        self.sequence = Int32(sequence)
        self.line = Int32(truncatingIfNeeded: line)
        arrivalSeconds = arrival?.seconds ?? Self.untimed
        departureSeconds = departure?.seconds ?? Self.untimed
    }

    /// Arrival, or the departure where only that is given; nil for an untimed stop.
    var arrival: ServiceTime? { Self.time(arrivalSeconds) ?? Self.time(departureSeconds) }
    /// Departure, or the arrival where only that is given; nil for an untimed stop.
    var departure: ServiceTime? { Self.time(departureSeconds) ?? Self.time(arrivalSeconds) }

    private static func time(_ seconds: Int32) -> ServiceTime? {
        seconds == untimed ? nil : ServiceTime(Int(seconds))
    }
}

/// The rows of `stop_times.txt`, to be taken trip by trip.
///
/// Most files keep a trip's rows together; then they stay where they are. Otherwise they are sorted
/// once.
struct StopTimeRows {
    private var rows: [StopTimeRow] = []
    private var ranges: [Range<Int>]
    private var isGrouped = true

    init(tripCount: Int) {
        ranges = [Range<Int>](repeating: 0..<0, count: tripCount)
    }

    mutating func append(_ row: StopTimeRow) {
        let trip = Int(row.trip)
        let isFirst = ranges[trip].isEmpty
        if !isFirst, ranges[trip].upperBound != rows.count { isGrouped = false }
        ranges[trip] = (isFirst ? rows.count : ranges[trip].lowerBound)..<rows.count + 1
        rows.append(row)
    }

    /// Brings each trip's rows together; call once, after the last row.
    mutating func group() {
        guard !isGrouped else { return }
        rows.sort { ($0.trip, $0.line) < ($1.trip, $1.line) }
        var start = 0
        for end in rows.indices.map({ $0 + 1 })
        where end == rows.count || rows[end].trip != rows[start].trip {
            ranges[Int(rows[start].trip)] = start..<end
            start = end
        }
        isGrouped = true
    }

    /// The rows of a trip in order of `stop_sequence`; equal ones in order of the file.
    func rows(of trip: Int) -> ArraySlice<StopTimeRow> {
        let slice = rows[ranges[trip]]
        let isSorted = zip(slice, slice.dropFirst()).allSatisfy { $0.sequence <= $1.sequence }
        return isSorted
            ? slice : slice.sorted { ($0.sequence, $0.line) < ($1.sequence, $1.line) }[...]
    }
}
