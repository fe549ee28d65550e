public import TransitModel

/// What ids mean that only older timetables had: trackers, signs and displays go on naming them.
public struct FormerIDs: Sendable {
    /// Stops of the timetable in force by ids of older ones.
    public var stops: [String: StopIndex]
    /// Routes of the timetable in force by ids of older ones.
    public var routes: [String: RouteIndex]
    /// Trips of the timetable in force by ids of older ones.
    public var trips: [String: TripIndex]

    /// Starts with what is known.
    public init(
        stops: [String: StopIndex] = [:], routes: [String: RouteIndex] = [:],
        trips: [String: TripIndex] = [:]
    ) {
        self.stops = stops
        self.routes = routes
        self.trips = trips
    }

    /// Adds the trips of the timetable before, and what was known there of still older ones.
    ///
    /// Chains longer than a few timetables are cut, so that new ids every night do not pile up.
    public mutating func addTrips(
        from older: Network, knowing known: FormerIDs, to recognition: Recognition,
        on today: ServiceDate
    ) {
        let network = recognition.network
        let likeness = TripLikeness(from: older, to: recognition, on: today)
        for trip in older.trips.indices { trips[older.trips[trip].id] = likeness.trip(like: trip) }
        if trips.count < 4 * network.trips.count {
            for (id, trip) in known.trips where trips[id] == nil {
                trips[id] = likeness.trip(like: trip)
            }
        }
        trips = trips.filter { network.trip(id: $0.key) == nil }
    }

    /// The ping with what it claims in the ids of the timetable in force.
    public func translated(_ ping: Ping, to network: Network) -> Ping {
        var ping = ping
        if let id = ping.routeID, network.route(id: id) == nil, let route = routes[id] {
            ping.routeID = network.routes[route].id
        }
        if let id = ping.tripID, network.trip(id: id) == nil, let trip = trips[id] {
            ping.tripID = network.trips[trip].id
        }
        return ping
    }
}

/// Finds the trips of another timetable in this one: the same stops at the same times, on the same
/// days.
struct TripLikeness {
    private struct Key: Hashable {
        var pattern: PatternIndex
        var departure: ServiceTime
        var frequencies: [Frequency]
    }

    private let older: Network
    private let network: Network
    private let today: ServiceDate
    private var patterns: [[PatternIndex]]
    private var trips: [Key: [TripIndex]]

    init(from older: Network, to recognition: Recognition, on today: ServiceDate) {
        self.older = older
        network = recognition.network
        self.today = today
        let network = recognition.network
        let stops = older.stops.elements.map { recognition.stop(StopPlace($0)) }
        let routes = older.routes.elements.map { recognition.route(RouteSign($0)) }
        let known = Dictionary(grouping: network.patterns.indices) { network.patterns[$0].stops }
        patterns = older.patterns.elements.map { pattern in
            let calls = pattern.stops.compactMap { stops[$0.position] }
            guard calls.count == pattern.stops.count else { return [] }
            return (known[calls] ?? []).filter {
                network.patterns[$0].route == routes[pattern.route.position]
            }
        }
        trips = Dictionary(grouping: network.trips.indices) { index in
            Key(
                pattern: network.trips[index].pattern, departure: network.departure(of: index),
                frequencies: network.trips[index].frequencies)
        }
    }

    /// The trip that runs on most of the same days this week, on one at least.
    func trip(like old: TripIndex) -> TripIndex? {
        let likely = patterns[older.trips[old].pattern.position]
        let candidates: [TripIndex] = likely.flatMap { pattern in
            let key = Key(
                pattern: pattern, departure: older.departure(of: old),
                frequencies: older.trips[old].frequencies)
            return trips[key] ?? []
        }
        let best = candidates.map { (trip: $0, days: commonDays(old, $0)) }
            .max { ($0.days, $1.trip) < ($1.days, $0.trip) }
        return best.flatMap { $0.days > 0 ? $0.trip : nil }
    }

    private func commonDays(_ old: TripIndex, _ new: TripIndex) -> Int {
        let (before, after) = (
            older.services[older.trips[old].service], network.services[network.trips[new].service]
        )
        return (-1...7).count { before.isActive(on: today + $0) && after.isActive(on: today + $0) }
    }
}
