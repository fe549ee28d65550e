import Geometry
import TransitModel

/// What a bus runs after a trip: the next one of its block or, where a timetable has no blocks, the
/// departure that an order-preserving match of arrivals and departures gives it.
///
/// Where trips of a route end and others of it begin, buses that come first leave first. Of all ways
/// to match arrivals to later departures without crossing, the one that leaves the least standing
/// time is taken; to leave one of either unmatched (a bus that goes home, or comes from there) costs
/// as much as ``unmatched`` of standing time.
struct RunChains: Sendable {
    /// Seconds of standing time that an arrival or a departure without a partner is worth.
    private static let unmatched = 900.0
    /// Seconds by which a departure may be before the arrival of the bus that works it.
    private static let overlap = 120.0
    /// Seconds of standing time beyond which a bus does not stay.
    private static let longestStay = 5400.0
    /// Metres within which ends and starts are at one terminal.
    private static let terminalRadius = 500.0
    /// Dates whose chains are kept.
    private static let mostDates = 4

    private let network: Network
    private var chains: [ServiceDate: [RouteIndex: [TripIndex: TripIndex]]] = [:]
    /// What was found to follow runs lately.
    private var known: [TripInstance: TripInstance?] = [:]
    /// Runs of which it is kept what follows.
    private static let mostKnown = 50_000

    init(network: Network) { self.network = network }

    /// What follows a timetabled run or one of a block; nil where nothing is known to.
    mutating func next(after instance: TripInstance) -> TripInstance? {
        var run = instance
        run.startTime = nil
        if let known = known[run] { return known }
        if known.count >= Self.mostKnown { known.removeAll(keepingCapacity: true) }
        let next = find(after: run)
        known[run] = .some(next)
        return next
    }

    private mutating func find(after instance: TripInstance) -> TripInstance? {
        let trip = network.trips[instance.trip]
        let next: TripIndex?
        if let block = trip.block {
            next = nextInBlock(block, after: instance)
        } else if trip.frequencies.isEmpty {
            next =
                chain(of: network.pattern(of: instance.trip).route, on: instance.serviceDate)[
                    instance.trip]
        } else {
            next = nil
        }
        return next.map { TripInstance(trip: $0, serviceDate: instance.serviceDate) }
    }

    private func nextInBlock(_ block: String, after instance: TripInstance) -> TripIndex? {
        let trips = network.trips(inBlock: block).filter {
            network.services[network.trips[$0].service].isActive(on: instance.serviceDate)
        }
        guard let position = trips.firstIndex(of: instance.trip), position + 1 < trips.count else {
            return nil
        }
        return trips[position + 1]
    }

    private mutating func chain(
        of route: RouteIndex, on date: ServiceDate
    ) -> [TripIndex: TripIndex] {
        if let known = chains[date]?[route] { return known }
        if chains[date] == nil, chains.count >= Self.mostDates, let oldest = chains.keys.min() {
            chains[oldest] = nil
        }
        let chain = makeChain(of: route, on: date)
        chains[date, default: [:]][route] = chain
        return chain
    }

    // MARK: - Matching arrivals and departures

    /// An end or a start of a trip at a terminal.
    private struct Call {
        var trip: TripIndex
        /// Seconds of the service day.
        var seconds: Double
    }

    private struct Terminal {
        var place: PlanePoint
        var arrivals: [Call] = []
        var departures: [Call] = []
    }

    private func makeChain(of route: RouteIndex, on date: ServiceDate) -> [TripIndex: TripIndex] {
        var terminals: [Terminal] = []
        for trip in trips(of: route, on: date) {
            let pattern = network.pattern(of: trip)
            let last = pattern.lastPosition
            let start = Self.terminal(at: pattern.line.point(at: pattern.distances[0]), &terminals)
            let end = Self.terminal(at: pattern.line.point(at: pattern.distances[last]), &terminals)
            terminals[start].departures.append(
                Call(trip: trip, seconds: Double(network.departure(of: trip).seconds)))
            let arrival = network.stopTime(of: trip, at: last).arrival
            terminals[end].arrivals.append(Call(trip: trip, seconds: Double(arrival.seconds)))
        }
        var chain: [TripIndex: TripIndex] = [:]
        for var terminal in terminals {
            terminal.arrivals.sort { ($0.seconds, $0.trip) < ($1.seconds, $1.trip) }
            terminal.departures.sort { ($0.seconds, $0.trip) < ($1.seconds, $1.trip) }
            Self.match(terminal, into: &chain)
        }
        return chain
    }

    /// The route's timetabled trips without a block on a date.
    private func trips(of route: RouteIndex, on date: ServiceDate) -> [TripIndex] {
        network.patterns(of: route).flatMap { network.trips(of: $0) }.filter {
            let trip = network.trips[$0]
            return trip.frequencies.isEmpty && trip.block == nil
                && network.services[trip.service].isActive(on: date)
        }
    }

    private static func terminal(at place: PlanePoint, _ terminals: inout [Terminal]) -> Int {
        if let known = terminals.firstIndex(where: {
            $0.place.distance(to: place) < terminalRadius
        }) {
            return known
        }
        terminals.append(Terminal(place: place))
        return terminals.count - 1
    }

    /// What an arrival matched to a departure costs in seconds; nil where one cannot be.
    private static func cost(_ arrival: Call, _ departure: Call) -> Double? {
        let stay = departure.seconds - arrival.seconds
        guard stay >= -overlap, stay <= longestStay, arrival.trip != departure.trip else {
            return nil
        }
        return max(0, stay)
    }

    /// The cheapest alignment of two ordered lists (Needleman and Wunsch 1970).
    private static func match(_ terminal: Terminal, into chain: inout [TripIndex: TripIndex]) {
        let arrivals = terminal.arrivals
        let departures = terminal.departures
        guard !arrivals.isEmpty, !departures.isEmpty else { return }
        let width = departures.count + 1
        var costs = [Double](repeating: 0, count: (arrivals.count + 1) * width)
        for row in 0...arrivals.count {
            for column in 0...departures.count where row + column > 0 {
                var best = Double.infinity
                if row > 0 { best = costs[(row - 1) * width + column] + unmatched }
                if column > 0 { best = min(best, costs[row * width + column - 1] + unmatched) }
                if row > 0, column > 0, let cost = cost(arrivals[row - 1], departures[column - 1]) {
                    best = min(best, costs[(row - 1) * width + column - 1] + cost)
                }
                costs[row * width + column] = best
            }
        }
        var row = arrivals.count
        var column = departures.count
        while row > 0, column > 0 {
            let here = costs[row * width + column]
            if let cost = cost(arrivals[row - 1], departures[column - 1]),
                costs[(row - 1) * width + column - 1] + cost == here
            {
                row -= 1
                column -= 1
                chain[arrivals[row].trip] = departures[column].trip
            } else if costs[(row - 1) * width + column] + unmatched == here {
                row -= 1
            } else {
                column -= 1
            }
        }
    }
}
