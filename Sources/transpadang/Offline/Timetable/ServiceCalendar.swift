import TransitModel

/// On which days how many trips run.
struct ServiceCalendar {
    private let services: [(service: Service, trips: Int)]

    /// Counts the trips of each service; services without trips give no day.
    init(_ network: Network) {
        let trips = Self.tripCounts(network)
        services = zip(network.services.indices, trips).filter { $0.1 > 0 }
            .map { (network.services[$0.0], $0.1) }
    }

    /// How many trips each service has, in order of services.
    static func tripCounts(_ network: Network) -> [Int] {
        var counts = [Int](repeating: 0, count: network.services.count)
        for trip in network.trips.indices { counts[network.trips[trip].service.position] += 1 }
        return counts
    }

    /// Trips of the services that run on a date; one with headways counts once.
    func trips(on date: ServiceDate) -> Int {
        services.reduce(0) { $1.service.isActive(on: date) ? $0 + $1.trips : $0 }
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
