import TransitModel

/// Sends buses out from their terminals: which trip next, and when.
///
/// On headway service it holds a bus to the headway behind the one before it, as far as the buses
/// given to the route allow. On a timetable it gives out the next free departure.
struct Dispatcher: Sendable {
    private struct Line: Hashable {
        var route: RouteIndex
        var direction: Int
    }

    private let network: Network
    private var random: SeededGenerator
    private var lastDepartures: [Line: Timestamp] = [:]
    private var givenOut: [ServiceDate: Set<TripIndex>] = [:]
    /// What the schedule offers.
    private(set) var timetable: Timetable
    /// Buses by route.
    let crews: [Int]

    private static let shortestLayover = 60.0
    /// In headways.
    private static let longestHold = 1.5
    private static let longestWait = 1500.0

    init(network: Network, buses: Int, date: ServiceDate, seed: Seed) {
        self.network = network
        random = SeededGenerator(seed.branch(.dispatch))
        var timetable = Timetable(network: network)
        let offers = timetable.day(date).offers
        crews = Apportionment.split(buses, by: offers.map(Apportionment.need))
        self.timetable = timetable
    }

    /// The route with the most buses.
    var busiest: RouteIndex? {
        network.routes.indices.max { crews[$0.position] < crews[$1.position] }
    }

    /// Seconds of service day that traffic and riders feel: held inside the hours of service.
    mutating func stretchedTime(at moment: Timestamp, on date: ServiceDate) -> Double {
        let span = timetable.day(date).span
        let time = moment - network.serviceDay.origin(of: date)
        if span.contains(time) { return time }
        let sinceEnd = (time - span.upperBound + 86_400).truncatingRemainder(dividingBy: 86_400)
        let untilStart = (span.lowerBound - time + 86_400).truncatingRemainder(dividingBy: 86_400)
        return sinceEnd < untilStart ? span.upperBound : span.lowerBound
    }

    /// The runs that a route's buses are on at a moment, evenly spread over its directions.
    mutating func runsUnderWay(
        on route: RouteIndex,
        at moment: Timestamp
    ) -> [(run: Run, elapsed: Double)] {
        let count = crews[route.position]
        let usual = (0..<timetable.directionCount(of: route)).map {
            run(on: route, direction: $0, at: moment).duration
        }
        let cycle = usual.reduce(0, +)
        return (0..<count).map { index in
            var elapsed = (Double(index) + random.uniform(0.2...0.8)) / Double(count) * cycle
            var direction = 0
            while direction < usual.count - 1, elapsed >= usual[direction] {
                elapsed -= usual[direction]
                direction += 1
            }
            let run = run(on: route, direction: direction, at: moment - elapsed)
            note(run, on: route)
            return (run, min(elapsed, run.duration * 0.97))
        }
    }

    /// The run after `last` for a bus that may leave from `ready` on, once it has rested.
    mutating func next(after last: Run, on route: RouteIndex, arrival: Timestamp) -> Run {
        let count = max(1, timetable.directionCount(of: route))
        let direction = (last.direction + 1) % count
        let rest = Self.shortestLayover + min(random.exponential(mean: 75), 600)
        let ready = arrival + rest
        let run =
            timetabled(on: route, direction: direction, ready: ready)
            ?? headwayRun(on: route, direction: direction, ready: ready)
        note(run, on: route)
        return run
    }

    private mutating func headwayRun(
        on route: RouteIndex,
        direction: Int,
        ready: Timestamp
    ) -> Run {
        let line = Line(route: route, direction: direction)
        let headway = headway(of: route, at: ready)
        let due = (lastDepartures[line] ?? ready - headway) + headway * random.uniform(0.88...1)
        let held = min(max(ready, due), ready + headway * Self.longestHold)
        return run(on: route, direction: direction, at: held)
    }

    /// The next departure of a timetable that nobody has taken.
    private mutating func timetabled(
        on route: RouteIndex,
        direction: Int,
        ready: Timestamp
    ) -> Run? {
        let date = network.serviceDay.date(at: ready)
        let time = ready - network.serviceDay.origin(of: date)
        let offers = timetable.departures(
            on: date,
            within: time - Self.shortestLayover...time + Self.longestWait,
            route: route,
            direction: direction
        )
        let taken = givenOut[date] ?? []
        guard let offer = offers.first(where: { !taken.contains($0.trip) }) else { return nil }
        return Run(
            trip: offer.trip,
            pattern: offer.pattern,
            serviceDate: date,
            departure: ready + max(0, offer.start - time),
            direction: direction,
            duration: offer.duration
        )
    }

    /// A run that leaves at a moment, of the trip that is nearest in force.
    private mutating func run(
        on route: RouteIndex,
        direction: Int,
        at moment: Timestamp
    ) -> Run {
        let taken = givenOut[network.serviceDay.date(at: moment)] ?? []
        let (date, time, offers) = timetable.nearest(
            to: moment,
            route: route,
            direction: direction,
            sparing: taken
        )
        let offer = offers[Int(random.unit() * Double(offers.count))]
        var departure = moment
        if let headway = offer.headway, offer.isExact, offer.distance(from: time) == 0 {
            let late = (time - offer.start).truncatingRemainder(dividingBy: headway)
            departure = late > 0 ? moment + (headway - late) : moment
        }
        return Run(
            trip: offer.trip,
            pattern: offer.pattern,
            serviceDate: date,
            departure: departure,
            direction: direction,
            duration: offer.duration
        )
    }

    /// Seconds between buses if the route's buses were evenly spread.
    private mutating func headway(of route: RouteIndex, at moment: Timestamp) -> Double {
        let cycle = (0..<timetable.directionCount(of: route)).reduce(0.0) { sum, direction in
            let offers = timetable.nearest(to: moment, route: route, direction: direction).offers
            return sum + (offers.first?.duration ?? 0) + Apportionment.usualLayover
        }
        return cycle / Double(max(1, crews[route.position]))
    }

    private mutating func note(_ run: Run, on route: RouteIndex) {
        let line = Line(route: route, direction: run.direction)
        lastDepartures[line] = max(lastDepartures[line] ?? run.departure, run.departure)
        givenOut[run.serviceDate, default: []].insert(run.trip)
        if givenOut.count > 3, let oldest = givenOut.keys.min() { givenOut[oldest] = nil }
    }
}
