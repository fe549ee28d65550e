public import TransitModel

/// What is known of accuracy over some days, as it is to be told.
public struct AccuracyFigures: Sendable {
    /// By date, route, phase and horizon.
    public var byDate: AccuracySums
    /// By hour, route, phase and horizon.
    public var byHour: AccuracySums
    /// By stop, route, direction, phase and horizon.
    public var byStop: AccuracySums
    /// The gravest misses of the last day, the gravest first.
    public var misses: [Miss]

    /// Makes figures.
    public init(
        byDate: AccuracySums = AccuracySums(), byHour: AccuracySums = AccuracySums(),
        byStop: AccuracySums = AccuracySums(), misses: [Miss] = []
    ) {
        self.byDate = byDate
        self.byHour = byHour
        self.byStop = byStop
        self.misses = misses
    }

    /// Adds what of a page is of a date or later.
    public mutating func add(_ page: AccuracyAccount.Page, since date: ServiceDate) {
        let news = page.sums.summed { key in key.date.map { $0 >= date } ?? false ? key : nil }
        byDate.add(
            news.summed { key in
                key.hour == nil
                    ? nil
                    : AccuracyKey(
                        date: key.date, routeID: key.routeID, phase: key.phase,
                        horizon: key.horizon)
            })
        byHour.add(
            news.summed { key in
                key.hour.map {
                    AccuracyKey(
                        routeID: key.routeID, hour: $0, phase: key.phase, horizon: key.horizon)
                }
            })
        byStop.add(
            news.summed { key in
                key.stopID.map {
                    AccuracyKey(
                        routeID: key.routeID, directionID: key.directionID, stopID: $0,
                        phase: key.phase, horizon: key.horizon)
                }
            })
        misses = (misses + page.misses.list).sorted { $0.weight > $1.weight }
    }

    /// The same under other ids; what `route` answers nil for is left out.
    public func renamed(
        route: (String) -> String?, stop: (String) -> String
    ) -> AccuracyFigures {
        func rename(_ sums: AccuracySums) -> AccuracySums {
            sums.summed { key in
                guard let id = route(key.routeID) else { return nil }
                var key = key
                key.routeID = id
                key.stopID = key.stopID.map(stop)
                return key
            }
        }
        return AccuracyFigures(
            byDate: rename(byDate), byHour: rename(byHour), byStop: rename(byStop),
            misses: misses.compactMap { miss in
                guard let id = route(miss.routeID) else { return nil }
                var miss = miss
                miss.routeID = id
                miss.stopID = stop(miss.stopID)
                return miss
            })
    }
}
