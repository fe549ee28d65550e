/// A way to foretell the stops ahead of a bus on its run.
protocol RunForecaster: Sendable {
    /// Takes in how long a bus took from one stop to the next.
    mutating func learn(_ traversal: LinkTraversal)

    /// The stops ahead of a bus, given its last place and now in unix seconds.
    func forecast(_ fix: RunFix, at now: Double) -> RunForecast
}

/// The moments foretold of a run from one of its stops to the last.
struct RunForecast: Equatable {
    /// Position of the first stop foretold.
    var first: Int
    /// Unix seconds, a stop each.
    var moments: [Double]

    /// Nothing is ahead.
    static let none = RunForecast(first: 0, moments: [])

    /// The timetable of all stops, so many seconds later.
    static func timetable(_ run: ScheduledRun, late seconds: Double = 0) -> RunForecast {
        RunForecast(first: 0, moments: run.arrivals.map { $0 + seconds })
    }
}
