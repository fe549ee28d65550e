import TransitModel

/// A row of `stop_times.txt`, its references resolved; small, for there are millions.
struct StopTimeRow {
    /// A time as the file gives it, in four bytes.
    struct Given {
        fileprivate let seconds: Int32
        fileprivate static let blank = Int32.min
        private static let unreadable = Int32.min + 1

        /// A time that is there.
        init(_ time: ServiceTime) { seconds = time.seconds }

        /// A time that may be missing or unreadable.
        init(_ time: ServiceTime?, isBlank: Bool) {
            seconds = time?.seconds ?? (isBlank ? Self.blank : Self.unreadable)
        }

        /// Whether the cell is empty.
        var isBlank: Bool { seconds == Self.blank }
        /// Whether there is a time.
        var isTime: Bool { seconds > Self.unreadable }
    }

    /// Number of the trip in `trips.txt`.
    let trip: Int32
    let stop: StopIndex
    let sequence: Int32
    /// Line in the file.
    let line: Int32
    let givenArrival: Given
    let givenDeparture: Given

    init(trip: Int, stop: Int, sequence: Int, line: Int, arrival: Given, departure: Given) {
        self.trip = Int32(trip)
        self.stop = StopIndex(stop)
        self.sequence = Int32(sequence)
        self.line = Int32(truncatingIfNeeded: line)
        givenArrival = arrival
        givenDeparture = departure
    }

    var isTimed: Bool { givenArrival.isTime || givenDeparture.isTime }
    var isTimedTwice: Bool { givenArrival.isTime && givenDeparture.isTime }
    /// Both times of a row that has both.
    var given: StopTime {
        StopTime(
            arrival: ServiceTime(Int(givenArrival.seconds)),
            departure: ServiceTime(Int(givenDeparture.seconds)))
    }
    /// Arrival, or the departure where only that is given; nil for an untimed stop.
    var arrival: ServiceTime? { Self.time(givenArrival, givenDeparture) }
    /// Departure, or the arrival where only that is given; nil for an untimed stop.
    var departure: ServiceTime? { Self.time(givenDeparture, givenArrival) }

    private static func time(_ first: Given, _ other: Given) -> ServiceTime? {
        if first.isTime { return ServiceTime(Int(first.seconds)) }
        return other.isTime ? ServiceTime(Int(other.seconds)) : nil
    }
}

extension StopTime {
    /// Stands for a time that is not given and not yet found from its neighbours.
    static let untimed = StopTime(
        arrival: ServiceTime(Int(Int32.min)), departure: ServiceTime(Int(Int32.min)))

    var isTimed: Bool { arrival.seconds != Int32.min }
}
