import Geometry
import TransitModel

/// Finds the trip that a departure belongs to.
struct Timetable: Sendable {
    /// Seconds that a bus may be ahead of a timetabled trip it is thought to run.
    static let earliest = 600.0
    /// Seconds that it may be behind.
    static let latest = 2400.0

    let network: Network
    private let lines: LineSet
    /// Lines on which a bus may go on after each line, nearest start first.
    private let continuations: [[Int]]
    /// For each pattern, whether some trip of it runs on a headway.
    private let hasFrequencies: [Bool]
    /// Days after its service date on which a trip may still leave, one at least.
    private let daysBack: Int
    /// Days before a moment's on which a run of that moment may be, the likeliest first.
    private let ages: [Int]
    /// Timetabled trips by departure, for the last dates asked for.
    private var departures: [ServiceDate: [TripIndex]] = [:]

    init(network: Network, lines: LineSet) {
        self.network = network
        self.lines = lines
        continuations = lines.lines.indices.map { Self.continuations(of: $0, lines, network) }
        hasFrequencies = network.patterns.indices.map { pattern in
            network.trips(of: pattern).contains { !network.trips[$0].frequencies.isEmpty }
        }
        daysBack = Self.daysBack(network)
        ages = Array(0...daysBack) + [-1]
    }

    private static func daysBack(_ network: Network) -> Int {
        let departures = network.trips.indices.map { trip in
            max(
                network.departure(of: trip),
                network.trips[trip].frequencies.map(\.end).max() ?? ServiceTime(0))
        }
        let last = Double(departures.max()?.seconds ?? 0) + latest
        return max(1, Int(last / 86_400))
    }

    /// The trip, and its run's start, that fits a departure from the first stop of a line best.
    ///
    /// Instances for which `taken` holds are run by other vehicles.
    func instance(
        onLine line: Int, leavingAt departure: Timestamp, taken: (TripInstance) -> Bool
    ) -> TripInstance? {
        let today = network.serviceDay.date(at: departure)
        var best: (cost: Double, instance: TripInstance)?
        for age in 0...daysBack {
            let date = today - age
            let time = network.serviceDay.time(at: departure, on: date)
            for pattern in lines[line].patterns {
                for trip in trips(of: pattern, near: time) {
                    guard
                        let candidate = candidate(trip, on: date, leavingAt: time),
                        // An older day's service runs on past midnight only where it says so.
                        candidate.cost + Double(age) < best?.cost ?? .infinity
                    else { continue }
                    if candidate.instance.startTime != nil || !taken(candidate.instance) {
                        best = candidate
                    }
                }
            }
        }
        guard var instance = best?.instance else { return nil }
        // Two buses may leave in the same second; the start of a run names it, so it must differ.
        while instance.startTime != nil, taken(instance) { instance = following(instance) }
        return instance
    }

    /// The next run of a trip with frequencies: a second later, or a headway where starts are exact.
    func following(_ instance: TripInstance) -> TripInstance {
        guard let start = instance.startTime else { return instance }
        let exact = nearestFrequency(of: instance.trip, to: start).flatMap {
            $0.isExact ? $0.headway : nil
        }
        var next = instance
        next.startTime = ServiceTime(Int(start.seconds) + max(1, exact ?? 1))
        return next
    }

    /// The start that names a run which left at `time`: the promised one where starts are exact.
    func start(of trip: TripIndex, leavingAt time: ServiceTime) -> ServiceTime {
        guard let row = nearestFrequency(of: trip, to: time), row.isExact, row.headway > 0 else {
            return max(time, ServiceTime(0))
        }
        let first = Int(row.start.seconds)
        let last = max(0, (Int(row.end.seconds) - 1 - first) / row.headway)
        let runs = (Double(Int(time.seconds) - first) / Double(row.headway)).rounded()
        return ServiceTime(first + min(max(Int(runs), 0), last) * row.headway)
    }

    private func nearestFrequency(of trip: TripIndex, to time: ServiceTime) -> Frequency? {
        network.trips[trip].frequencies
            .min { Self.distance(from: time, to: $0) < Self.distance(from: time, to: $1) }
    }

    /// The trips of a pattern that a departure can belong to.
    private func trips(of pattern: PatternIndex, near time: ServiceTime) -> ArraySlice<TripIndex> {
        let trips = network.trips(of: pattern)
        guard !hasFrequencies[pattern.position] else { return trips }
        let soonest = ServiceTime(Int(time.seconds) - Int(Self.latest))
        let last = ServiceTime(Int(time.seconds) + Int(Self.earliest))
        let first = trips.partitioningIndex { network.departure(of: $0) >= soonest }
        return trips[first...].prefix { network.departure(of: $0) <= last }
    }

    private func candidate(
        _ trip: TripIndex, on date: ServiceDate, leavingAt time: ServiceTime
    ) -> (cost: Double, instance: TripInstance)? {
        let row = network.trips[trip]
        guard !row.frequencies.isEmpty else {
            let lateness = Double(time.seconds - network.departure(of: trip).seconds)
            guard lateness >= -Self.earliest, lateness <= Self.latest,
                network.services[row.service].isActive(on: date)
            else { return nil }
            let instance = TripInstance(trip: trip, serviceDate: date)
            return (lateness < 0 ? -2 * lateness : lateness, instance)
        }
        guard time.seconds >= 0 else { return nil }
        let isActive = network.services[row.service].isActive(on: date)
        let instance = TripInstance(
            trip: trip, serviceDate: date, startTime: start(of: trip, leavingAt: time))
        let outside = row.frequencies.map { Self.distance(from: time, to: $0) }.min() ?? 0
        // Past midnight a service runs on only where it says so.
        if time.seconds >= 86_400, outside > Self.latest { return nil }
        // Buses run outside the hours that are published; they are still buses, on the nearest row.
        return (outside + (isActive ? 0 : 1e7), instance)
    }

    private static func distance(from time: ServiceTime, to frequency: Frequency) -> Double {
        if time < frequency.start { return Double(frequency.start.seconds - time.seconds) }
        if time >= frequency.end { return Double(time.seconds - frequency.end.seconds + 1) }
        return 0
    }

    /// The date on which a trip with a known id most likely runs at a moment, by its middle.
    func serviceDate(of trip: TripIndex, at now: Timestamp) -> ServiceDate {
        let today = network.serviceDay.date(at: now)
        if !network.trips[trip].frequencies.isEmpty {
            let fit = (0...daysBack).map { today - $0 }.compactMap { date in
                candidate(trip, on: date, leavingAt: network.serviceDay.time(at: now, on: date))
            }
            return fit.min { $0.cost < $1.cost }?.instance.serviceDate ?? today
        }
        let last = network.pattern(of: trip).lastPosition
        let middle =
            (Double(network.departure(of: trip).seconds)
                + Double(network.stopTime(of: trip, at: last).arrival.seconds)) / 2
        func distance(_ date: ServiceDate) -> Double {
            let isActive = network.services[network.trips[trip].service].isActive(on: date)
            return abs(now - (network.serviceDay.origin(of: date) + middle))
                + (isActive ? 0 : 86_400)
        }
        return ages.map { today - $0 }.min { distance($0) < distance($1) } ?? today
    }

    /// What a vehicle runs after a trip of a block; nil where it has none.
    func nextInBlock(after instance: TripInstance) -> TripInstance? {
        let trip = network.trips[instance.trip]
        guard let block = trip.block else { return nil }
        let trips = network.trips(inBlock: block).filter {
            network.services[network.trips[$0].service].isActive(on: instance.serviceDate)
        }
        guard let position = trips.firstIndex(of: instance.trip), position + 1 < trips.count else {
            return nil
        }
        return TripInstance(trip: trips[position + 1], serviceDate: instance.serviceDate)
    }

    /// Seconds between departures that a line promises at a moment; nil without frequencies.
    func headway(onLine line: Int, at moment: Timestamp) -> Double? {
        guard let instance = instance(onLine: line, leavingAt: moment, taken: { _ in false }),
            let start = instance.startTime
        else { return nil }
        return nearestFrequency(of: instance.trip, to: start).map { Double($0.headway) }
    }

    /// The line on which a bus most likely goes on, leaving at a moment.
    func continuation(ofLine line: Int, leavingAt departure: Timestamp) -> Int? {
        func misfit(_ next: Int) -> Double {
            guard
                let instance = instance(onLine: next, leavingAt: departure, taken: { _ in false })
            else { return .infinity }
            let time = network.serviceDay.time(at: departure, on: instance.serviceDate)
            return candidate(instance.trip, on: instance.serviceDate, leavingAt: time)?.cost
                ?? .infinity
        }
        let ways = continuations[line]
        guard ways.count > 1 else { return ways.first }
        return ways.map { (line: $0, misfit: misfit($0)) }.min { $0.misfit < $1.misfit }?.line
    }

    private static func continuations(
        of line: Int, _ lines: LineSet, _ network: Network
    ) -> [Int] {
        let own = lines[line]
        let end = own.polyline.point(at: own.polyline.length)
        return lines.lines.indices.filter { other in
            let start = lines[other].polyline.points[0]
            return other != line && lines[other].route == own.route && start.distance(to: end) < 500
        }
    }

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
        let active = network.services.elements.map { $0.isActive(on: date) }
        let trips = network.trips.indices
            .filter {
                let trip = network.trips[$0]
                return active[trip.service.position] && trip.frequencies.isEmpty
            }
            .sorted { (network.departure(of: $0), $0) < (network.departure(of: $1), $1) }
        departures[date] = trips
        return trips
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first index from which `isBeyond` holds, in a collection where it never holds before.
    fileprivate func partitioningIndex(where isBeyond: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
