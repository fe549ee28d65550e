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
        trip: Int, stop: Int, sequence: Int, line: Int, arrival: ServiceTime?,
        departure: ServiceTime?
    ) {
        self.trip = Int32(trip)
        self.stop = StopIndex(stop)
        self.sequence = Int32(sequence)
        self.line = Int32(truncatingIfNeeded: line)
        arrivalSeconds = arrival?.seconds ?? departure?.seconds ?? Self.untimed
        departureSeconds = departure?.seconds ?? arrival?.seconds ?? Self.untimed
    }

    var isTimed: Bool { arrivalSeconds != Self.untimed }
    /// Arrival, or the departure where only that is given; nil for an untimed stop.
    var arrival: ServiceTime? { isTimed ? ServiceTime(Int(arrivalSeconds)) : nil }
    /// Departure, or the arrival where only that is given; nil for an untimed stop.
    var departure: ServiceTime? { isTimed ? ServiceTime(Int(departureSeconds)) : nil }
}

extension StopTime {
    /// Stands for a time that is not given and not yet found from its neighbours.
    static let untimed = StopTime(
        arrival: ServiceTime(Int(Int32.min)), departure: ServiceTime(Int(Int32.min)))

    var isTimed: Bool { arrival.seconds != Int32.min }
}
