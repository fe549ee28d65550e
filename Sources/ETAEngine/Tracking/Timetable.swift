import Geometry
import TransitModel

/// The trips of every line in dense columns, to find the one that a vehicle's place and time fit.
struct Timetable: Sendable {
    let network: Network
    let lines: LineSet
    /// Timetabled trips of every line by departure, one line after the other.
    let scheduled: LineDepartures
    /// Trips of every line that run on a headway.
    let frequent: [[TripIndex]]
    let patterns: Table<TripPattern>
    /// The pattern, the service and the headway rows of each trip: a trip itself holds texts, which
    /// are counted whenever one looks at it.
    private let patternOfTrip: [PatternIndex]
    private let services: [ServiceIndex]
    private let frequencies: [[Frequency]]
    private let calendar: [TransitModel.Service]
    /// Lines on which a bus may go on after each line, nearest start first.
    private let continuations: [[Int]]
    /// Days after its service date on which a trip may still leave, one at least.
    let daysBack: Int
    /// Timetabled trips by departure, for the last dates asked for.
    private var departures: [ServiceDate: [TripIndex]] = [:]

    init(network: Network, lines: LineSet) {
        self.network = network
        self.lines = lines
        let trips = network.trips.elements
        patterns = network.patterns
        patternOfTrip = trips.map(\.pattern)
        services = trips.map(\.service)
        frequencies = trips.map(\.frequencies)
        calendar = network.services.elements
        scheduled = LineDepartures(network: network, lines: lines)
        frequent = lines.lines.map { line in
            line.patterns.flatMap { network.trips(of: $0) }
                .filter { !trips[$0.position].frequencies.isEmpty }
        }
        continuations = lines.lines.indices.map { Self.continuations(of: $0, lines) }
        daysBack = Self.daysBack(network)
    }

    private static func daysBack(_ network: Network) -> Int {
        let departures = network.trips.indices.map { trip in
            max(
                network.departure(of: trip),
                network.trips[trip].frequencies.map(\.end).max() ?? ServiceTime(0))
        }
        let last = Double(departures.max()?.seconds ?? 0) + TripFit.latest
        return max(1, Int(last / 86_400))
    }

    /// Whether a trip runs on a date.
    @inline(__always)
    func isActive(_ trip: TripIndex, on date: ServiceDate) -> Bool {
        calendar[services[trip.position].position].isActive(on: date)
    }

    @inline(__always)
    func pattern(of trip: TripIndex) -> PatternIndex { patternOfTrip[trip.position] }

    @inline(__always)
    func frequencies(of trip: TripIndex) -> [Frequency] { frequencies[trip.position] }

    /// Metres along a line of the first stop of its first pattern.
    func start(ofLine line: Int) -> Double {
        patterns.elements.span[lines.firstPattern(ofLine: line).position].distances[0]
    }

    /// Whether some trip of a line has a timetable.
    func hasTimetable(_ line: Int) -> Bool { !scheduled[line].isEmpty }

    /// Whether any line has a timetable.
    var hasTimetables: Bool { scheduled.count > 0 }

    // MARK: - Dates

    /// Seconds that it counts as that a trip does not run on a date: far less than a day, since a
    /// night trip may be filed under the day on which it ends.
    private static let inactivity = 21_600.0

    /// The date on which a trip with a known id most likely runs at a moment, by its middle.
    func serviceDate(of trip: TripIndex, at now: Timestamp) -> ServiceDate {
        let today = network.serviceDay.date(at: now)
        if !frequencies(of: trip).isEmpty {
            let fit = (0...daysBack).map { today - $0 }.compactMap { date in
                frequentFit(trip, on: date, leavingAt: network.serviceDay.time(at: now, on: date))
            }
            return fit.min { $0.cost < $1.cost }?.instance.serviceDate ?? today
        }
        let last = network.pattern(of: trip).lastPosition
        let middle =
            (Double(network.departure(of: trip).seconds)
                + Double(network.stopTime(of: trip, at: last).arrival.seconds)) / 2
        func distance(_ date: ServiceDate) -> Double {
            abs(now - (network.serviceDay.origin(of: date) + middle))
                + (isActive(trip, on: date) ? 0 : Self.inactivity)
        }
        // The likeliest first: of equals the first counts.
        let ages = Array(0...daysBack) + [-1]
        return ages.map { today - $0 }.min { distance($0) < distance($1) } ?? today
    }

    // MARK: - Departures of all lines

    /// Timetabled trips that leave in a window, with their instances, soonest first.
    mutating func departures(in window: ClosedRange<Timestamp>) -> [TripInstance] {
        let today = network.serviceDay.date(at: window.lowerBound)
        return (-daysBack...1).map { today + $0 }.flatMap { date in
            let origin = network.serviceDay.origin(of: date)
            let trips = timetabled(on: date)
            let first = trips.partitioningIndex {
                origin + Double(network.departure(of: $0).seconds) >= window.lowerBound
            }
            return trips[first...]
                .prefix { origin + Double(network.departure(of: $0).seconds) <= window.upperBound }
                .map { TripInstance(trip: $0, serviceDate: date) }
        }
    }

    private mutating func timetabled(on date: ServiceDate) -> [TripIndex] {
        if let known = departures[date] { return known }
        if departures.count > daysBack + 3 { departures.removeAll() }
        let trips = lines.lines.indices
            .flatMap { line in
                scheduled[line].map { scheduled.trip(at: $0) }.filter { isActive($0, on: date) }
            }
            .sorted { (network.departure(of: $0), $0) < (network.departure(of: $1), $1) }
        departures[date] = trips
        return trips
    }

    // MARK: - What comes after a line

    /// The line on which a bus most likely goes on, leaving at a moment.
    func continuation(ofLine line: Int, leavingAt departure: Timestamp) -> Int? {
        let ways = continuations[line]
        guard ways.count > 1 else { return ways.first }
        let nobody = RunHolders()
        func cost(_ next: Int) -> Double {
            fit(onLine: next, leavingAt: departure, nobody)?.cost ?? .infinity
        }
        return ways.map { (line: $0, cost: cost($0)) }.min { $0.cost < $1.cost }?.line
    }

    private static func continuations(of line: Int, _ lines: LineSet) -> [Int] {
        let own = lines[line]
        let end = own.polyline.point(at: own.polyline.length)
        return lines.lines.indices.filter { other in
            let start = lines[other].polyline.points[0]
            return other != line && lines[other].route == own.route && start.distance(to: end) < 500
        }
    }
}

/// The timetabled trips of every line by departure.
struct LineDepartures: Sendable {
    private let trips: [TripIndex]
    private let seconds: [Int32]
    private let starts: [Int32]

    init(network: Network, lines: LineSet) {
        var trips: [TripIndex] = []
        var starts: [Int32] = [0]
        for line in lines.lines {
            let own = line.patterns.flatMap { network.trips(of: $0) }
                .filter { network.trips[$0].frequencies.isEmpty }
            trips += own.sorted {
                (network.departure(of: $0), $0) < (network.departure(of: $1), $1)
            }
            starts.append(Int32(trips.count))
        }
        self.trips = trips
        self.starts = starts
        seconds = trips.map { Int32(network.departure(of: $0).seconds) }
    }

    /// How many timetabled trips there are.
    var count: Int { trips.count }

    /// Where the trips of a line stand.
    subscript(line: Int) -> Range<Int> { Int(starts[line])..<Int(starts[line + 1]) }

    func trip(at position: Int) -> TripIndex { trips[position] }

    /// Where those trips of a line stand that leave between two times of the service day, in seconds.
    func positions(ofLine line: Int, from low: Double, to high: Double) -> Range<Int> {
        let own = self[line]
        let first = own.partitioningIndex { Double(seconds[$0]) >= low }
        let last = own.partitioningIndex { Double(seconds[$0]) > high }
        return first..<max(first, last)
    }
}
