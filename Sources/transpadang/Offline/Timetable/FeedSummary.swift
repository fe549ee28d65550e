import TransitModel

/// What is in a timetable, in figures that a planner asks for.
struct FeedSummary: Encodable {
    /// Who runs the service.
    struct Operator: Encodable {
        let id: String
        let name: String
        let url: String
    }

    struct Counts: Encodable {
        let agencies: Int
        let routes: Int
        let stops: Int
        let patterns: Int
        let trips: Int
        let stopTimes: Int
        let headwayTrips: Int
        let tripsPastMidnight: Int
    }

    /// When service runs; dates as `YYYYMMDD`.
    struct ServicePeriod: Encodable {
        let firstDay: String?
        let lastDay: String?
        let today: String
        let tripsToday: Int
        let headwayTripsToday: Int
        /// Departures from a first stop, were all headways kept.
        let runsToday: Int
        let daysAhead: Int
        let daysWithoutService: [String]
    }

    /// What the timetable gives to place buses on their lines.
    struct Tracking: Encodable {
        let patternsOnShapes: Int
        let patternsStraight: Int
        let tripsStraight: Int
        let tripsWithBlock: Int
    }

    let version: String
    let timeZone: String
    let agencies: [Operator]
    let counts: Counts
    let service: ServicePeriod
    let tracking: Tracking

    /// Counts what is in a network, with `today` as the first of the days ahead.
    init(_ network: Network, today: ServiceDate) {
        version = network.version
        timeZone = network.serviceDay.timeZoneName
        agencies = network.agencies.indices.map {
            let agency = network.agencies[$0]
            return Operator(id: agency.id, name: agency.name, url: agency.url)
        }
        counts = Counts(network)
        service = ServicePeriod(ServiceCalendar(network), today)
        tracking = Tracking(network)
    }
}

extension FeedSummary.Counts {
    init(_ network: Network) {
        agencies = network.agencies.count
        routes = network.routes.count
        stops = network.stops.count
        patterns = network.patterns.count
        trips = network.trips.count
        stopTimes = network.stopTimeCount
        headwayTrips = network.trips.indices.count { !network.trips[$0].frequencies.isEmpty }
        tripsPastMidnight = network.trips.indices.count {
            network.lastArrival(of: $0).seconds >= 24 * 3600
        }
    }
}

extension FeedSummary.ServicePeriod {
    /// How many days from today on are looked at.
    static let window = 28

    init(_ calendar: ServiceCalendar, _ today: ServiceDate) {
        firstDay = calendar.firstDay?.text
        lastDay = calendar.lastDay?.text
        self.today = today.text
        let tally = calendar.tally(on: today)
        tripsToday = tally.trips
        headwayTripsToday = tally.headwayTrips
        runsToday = tally.runs
        daysAhead = Self.window
        daysWithoutService = calendar.emptyDays(from: today, days: Self.window).map(\.text)
    }
}

extension FeedSummary.Tracking {
    init(_ network: Network) {
        let straight = network.patterns.indices.filter { network.patterns[$0].shape == nil }
        patternsStraight = straight.count
        patternsOnShapes = network.patterns.count - straight.count
        tripsStraight = straight.reduce(0) { $0 + network.trips(of: $1).count }
        tripsWithBlock = network.trips.indices.count { network.trips[$0].block != nil }
    }
}

extension Network {
    /// When the trip, or the last of its runs, reaches its last stop.
    fileprivate func lastArrival(of index: TripIndex) -> ServiceTime {
        let trip = trips[index]
        let arrival = stopTime(of: index, at: patterns[trip.pattern].lastPosition).arrival
        guard let last = trip.frequencies.compactMap(\.lastStart).max() else { return arrival }
        return arrival.later(by: Int(last.seconds) - Int(departure(of: index).seconds))
    }
}

extension Frequency {
    /// When the last run of the row leaves, were all exact; nil when none does.
    var lastStart: ServiceTime? {
        runCount > 0 ? start.later(by: (runCount - 1) * headway) : nil
    }

    /// How many runs leave, were all exact.
    var runCount: Int {
        guard headway > 0, start < end else { return 0 }
        return (Int(end.seconds) - Int(start.seconds) - 1) / headway + 1
    }
}
