import TransitModel

/// What was last said of a vehicle: it stands until something new is known.
struct Bulletin: Sendable {
    /// What a rider would see of the vehicle.
    let status: VehicleStatus
    /// The run that it is on or waits for.
    let instance: TripInstance?
    /// What is foretold of that run.
    var trip: Forecast?
    /// What is foretold of the run after that.
    var next: Forecast?
}

/// A prediction, and until when it can stand.
struct Forecast: Sendable {
    /// Seconds that a prediction stands while its vehicle is not heard of: the traffic ahead of it
    /// goes on meanwhile.
    static let longest = 60.0
    /// Seconds by which an expected departure may move before it is news.
    private static let slack = 5.0

    let trip: TripPrediction
    /// When the vehicle was expected to depart; nil where that lies behind it.
    private let departure: Timestamp?
    /// From when on it has to be made anew.
    private let end: Timestamp

    /// A prediction made at a moment, which ends before another one if that is given.
    init(
        _ trip: TripPrediction, at now: Timestamp, departing departure: Timestamp? = nil,
        until limit: Timestamp? = nil
    ) {
        self.trip = trip
        self.departure = departure
        end = min(now + Self.longest, limit ?? Timestamp(.infinity))
    }

    func stands(at now: Timestamp) -> Bool { now < end }

    /// Whether it rests on about the same departure.
    func assumes(_ departure: Timestamp) -> Bool {
        self.departure.map { abs($0 - departure) < Self.slack } ?? false
    }

    /// What it says at a later moment: where the vehicle should have been by then, it is due.
    func told(at now: Timestamp) -> TripPrediction {
        var trip = trip
        let gone = trip.stops.prefix { $0.arrival < now - Predictor.longestDue }.count
        trip.stops.removeFirst(gone)
        for index in trip.stops.indices {
            guard trip.stops[index].arrival < now else { break }
            trip.stops[index].arrival = now
            trip.stops[index].departure = max(now, trip.stops[index].departure)
        }
        return trip
    }
}

/// What was last said of each vehicle, and of the timetable.
struct Bulletins: Sendable {
    /// By number of the vehicle.
    var latest: [Bulletin?] = []
    /// Numbers of the vehicles in the order of their ids.
    private(set) var order: [Int] = []
    /// Timetabled runs without a vehicle.
    var scheduled: [TripInstance: TripPrediction] = [:]

    /// Makes room for vehicles that are new.
    mutating func arrange(_ vehicles: [VehicleTrack]) {
        guard latest.count != vehicles.count else { return }
        // Fewer than before: strangers were let go, and the others have new numbers.
        if latest.count > vehicles.count { latest.removeAll() }
        latest += [Bulletin?](repeating: nil, count: vehicles.count - latest.count)
        let names = vehicles.map { NaturalOrder($0.vehicleID) }
        order = vehicles.indices.sorted { names[$0] < names[$1] }
    }
}

/// Orders ids as people do: 2 before 10.
private struct NaturalOrder: Comparable {
    /// The number that an id is, if it is one.
    private let number: Int
    private let text: String

    init(_ id: String) {
        number = Int(id) ?? .max
        text = id
    }

    static func < (one: NaturalOrder, other: NaturalOrder) -> Bool {
        (one.number, one.text) < (other.number, other.text)
    }
}
