import TransitModel

/// What the schedule offers on a day, route by route and direction by direction.
///
/// Frequencies and timetabled trips look alike here: an offer has a window, which for a timetabled
/// trip is the moment of its departure.
struct Timetable: Sendable {
    /// A trip that may be run, in seconds of the service day.
    struct Offer: Sendable {
        var trip: TripIndex
        var pattern: PatternIndex
        /// First departure.
        var start: Double
        /// End of the window, exclusive; `start` for a timetabled trip.
        var end: Double
        /// Seconds between departures; nil for a timetabled trip.
        var headway: Double?
        /// Whether departures keep to whole headways after the start.
        var isExact: Bool
        /// Seconds from first to last stop.
        var duration: Double

        /// Seconds from `time` to the window, the shorter way around the clock; 0 only inside.
        func distance(from time: Double) -> Double {
            if time >= start, time < max(end, start + 1) { return 0 }
            let ahead = (start - time).truncatingRemainder(dividingBy: Self.day)
            let behind = (time - end).truncatingRemainder(dividingBy: Self.day)
            let least = min(
                ahead < 0 ? ahead + Self.day : ahead,
                behind < 0 ? behind + Self.day : behind
            )
            return max(1, least)
        }

        private static let day = 86_400.0
    }

    /// The offers of one service date.
    struct Day: Sendable {
        /// Offers by route and direction, in order of start.
        var offers: [[[Offer]]]
        /// From the first departure to the last arrival of the day.
        var span: ClosedRange<Double>
    }

    private let network: Network
    /// The numbers that each route's directions have in the feed.
    private let directions: [[Int]]
    private var days: [ServiceDate: Day] = [:]

    init(network: Network) {
        self.network = network
        directions = network.routes.indices.map { route in
            let served = network.patterns(of: route).filter { !network.trips(of: $0).isEmpty }
            return Set(served.map { network.patterns[$0].direction ?? 0 }).sorted()
        }
    }

    /// How many directions a route has: one or two in a sound feed.
    func directionCount(of route: RouteIndex) -> Int { directions[route.position].count }

    /// The offers of a date; where no service of a route's direction runs, those of all of them.
    mutating func day(_ date: ServiceDate) -> Day {
        if let day = days[date] { return day }
        let day = makeDay(date)
        days = days.filter { abs(Int($0.key.dayNumber) - Int(date.dayNumber)) < 3 }
        days[date] = day
        return day
    }

    /// The offers nearest to a moment with their service date, all equally near.
    ///
    /// Only inside its windows does a day of service run; at other hours it is stretched, and the
    /// nearest window holds. Timetabled trips in `taken` are passed over while there are others.
    mutating func nearest(
        to moment: Timestamp,
        route: RouteIndex,
        direction: Int,
        sparing taken: Set<TripIndex> = []
    ) -> (date: ServiceDate, time: Double, offers: [Offer]) {
        let today = network.serviceDay.date(at: moment)
        for date in [today, today - 1] {
            let time = moment - network.serviceDay.origin(of: date)
            let offers = self.offers(on: date, route: route, direction: direction)
                .filter { $0.headway != nil && $0.distance(from: time) == 0 }
            if !offers.isEmpty { return (date, time, offers) }
        }
        let time = moment - network.serviceDay.origin(of: today)
        let all = self.offers(on: today, route: route, direction: direction)
        let free = all.filter { $0.headway != nil || !taken.contains($0.trip) }
        let offers = free.isEmpty ? all : free
        let least = offers.map { $0.distance(from: time) }.min() ?? 0
        return (today, time, offers.filter { $0.distance(from: time) == least })
    }

    /// Timetabled offers that leave in a span of a date, in order of departure.
    mutating func departures(
        on date: ServiceDate,
        within span: ClosedRange<Double>,
        route: RouteIndex,
        direction: Int
    ) -> [Offer] {
        offers(on: date, route: route, direction: direction)
            .filter { $0.headway == nil && span.contains($0.start) }
    }

    private mutating func offers(
        on date: ServiceDate,
        route: RouteIndex,
        direction: Int
    ) -> [Offer] {
        let offers = day(date).offers[route.position]
        return direction < offers.count ? offers[direction] : []
    }

    private func makeDay(_ date: ServiceDate) -> Day {
        let offers = network.routes.indices.map { route in
            let running = self.offers(of: route) { $0.isActive(on: date) }
            guard running.contains(where: \.isEmpty) else { return running }
            return zip(running, self.offers(of: route) { _ in true }).map { $0.isEmpty ? $1 : $0 }
        }
        let all = offers.joined().joined()
        let start = all.map(\.start).min() ?? 0
        let end = all.map { max($0.end, $0.start + $0.duration) }.max() ?? 0
        return Day(offers: offers, span: start...max(start, end))
    }

    private func offers(
        of route: RouteIndex,
        where runs: (Service) -> Bool
    ) -> [[Offer]] {
        directions[route.position].map { direction in
            network.patterns(of: route)
                .filter { (network.patterns[$0].direction ?? 0) == direction }
                .flatMap { network.trips(of: $0) }
                .filter { runs(network.services[network.trips[$0].service]) }
                .flatMap(offers(of:))
                .sorted { ($0.start, $0.trip) < ($1.start, $1.trip) }
        }
    }

    private func offers(of index: TripIndex) -> [Offer] {
        let trip = network.trips[index]
        let last = network.patterns[trip.pattern].lastPosition
        let start = Double(network.departure(of: index).seconds)
        let duration = Double(network.stopTime(of: index, at: last).arrival.seconds) - start
        let timetabled = Offer(
            trip: index,
            pattern: trip.pattern,
            start: start,
            end: start,
            headway: nil,
            isExact: true,
            duration: max(60, duration)
        )
        guard !trip.frequencies.isEmpty else { return [timetabled] }
        return trip.frequencies.map { frequency in
            var offer = timetabled
            offer.start = Double(frequency.start.seconds)
            offer.end = Double(frequency.end.seconds)
            offer.headway = Double(max(1, frequency.headway))
            offer.isExact = frequency.isExact
            return offer
        }
    }
}
