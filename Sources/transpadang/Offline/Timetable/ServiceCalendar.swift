import TransitModel

/// On which days how many trips run.
struct ServiceCalendar {
    /// How much runs on a day of service.
    struct Tally {
        /// Rows of `trips.txt`; one with headways counts once.
        var trips = 0
        /// Those of them that have headways.
        var headwayTrips = 0
        /// Departures from a first stop, each of a headway counted.
        var runs = 0
    }

    private let services: [(service: Service, tally: Tally)]

    /// Counts the trips of each service; services without trips give no day.
    init(_ network: Network) {
        services = zip(network.services.indices, Self.tallies(network)).filter { $0.1.trips > 0 }
            .map { (network.services[$0.0], $0.1) }
    }

    /// How much each service has, in order of services.
    static func tallies(_ network: Network) -> [Tally] {
        var tallies = [Tally](repeating: Tally(), count: network.services.count)
        for index in network.trips.indices {
            let trip = network.trips[index]
            tallies[trip.service.position].add(trip.frequencies)
        }
        return tallies
    }

    /// What the services that run on a date have together.
    func tally(on date: ServiceDate) -> Tally {
        services.filter { $0.service.isActive(on: date) }.reduce(into: Tally()) { sum, service in
            sum.trips += service.tally.trips
            sum.headwayTrips += service.tally.headwayTrips
            sum.runs += service.tally.runs
        }
    }

    /// The first day on which a trip runs; nil when none ever does.
    var firstDay: ServiceDate? { services.compactMap { $0.service.firstDay }.min() }

    /// The last day on which a trip runs; nil when none ever does.
    var lastDay: ServiceDate? { services.compactMap { $0.service.lastDay }.max() }

    /// The days among `days` from `start` on on which no trip runs.
    func emptyDays(from start: ServiceDate, days: Int) -> [ServiceDate] {
        (0..<days).map { start + $0 }.filter { date in
            !services.contains { $0.service.isActive(on: date) }
        }
    }
}

extension ServiceCalendar.Tally {
    fileprivate mutating func add(_ headways: [Frequency]) {
        trips += 1
        headwayTrips += headways.isEmpty ? 0 : 1
        runs += headways.isEmpty ? 1 : headways.reduce(0) { $0 + $1.runCount }
    }
}

extension Service {
    /// The first day on which the service runs; nil when it never does.
    var firstDay: ServiceDate? {
        [added.min(), period.flatMap { scan(from: $0.lowerBound, by: 1) }].compactMap(\.self).min()
    }

    /// The last day on which the service runs; nil when it never does.
    var lastDay: ServiceDate? {
        [added.max(), period.flatMap { scan(from: $0.upperBound, by: -1) }].compactMap(\.self)
            .max()
    }

    /// The nearest active day in the period.
    ///
    /// A week without one holds a removed day for each weekday served, so the scan is short.
    private func scan(from edge: ServiceDate, by step: Int) -> ServiceDate? {
        guard let period, weekdays != 0 else { return nil }
        var date = edge
        while period.contains(date) {
            if isActive(on: date) { return date }
            date = date + step
        }
        return nil
    }

    /// The weekdays served, as in `Mon-Fri` or `Sat Sun`; `-` for none.
    var weekdayText: String {
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let served = names.indices.filter { weekdays & (1 << UInt8($0)) != 0 }
        guard let first = served.first, let last = served.last else { return "-" }
        guard served.count > 2, last - first == served.count - 1 else {
            return served.map { names[$0] }.joined(separator: " ")
        }
        return served.count == 7 ? "daily" : "\(names[first])-\(names[last])"
    }
}
