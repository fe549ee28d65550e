import TransitModel

extension StopView.Board {
    /// Runs that are listed of one row of headways; a run a minute on a long day fits.
    static let runLimit = 2_000

    /// Gathers the calls at a stop, or at all platforms of a station, on a service date.
    init(_ network: Network, _ stop: StopIndex, _ date: ServiceDate) {
        var gathered = Gathered(network: network, date: date)
        for platform in network.platforms(of: stop) {
            for visit in network.visits(at: platform) { gathered.add(visit, at: platform) }
        }
        stopID = network.stops[stop].id
        name = network.stops[stop].name
        self.date = date.text
        departures = gathered.sortedDepartures
        headways = gathered.sortedHeadways
        omittedRuns = gathered.omittedRuns
    }
}

/// Calls of one date as they are found, with what they are sorted by.
private struct Gathered {
    let network: Network
    let date: ServiceDate
    var departures: [(time: ServiceTime, departure: StopView.Departure)] = []
    var headways: [(time: ServiceTime, headway: StopView.Headway)] = []
    var omittedRuns = 0

    var sortedDepartures: [StopView.Departure] {
        departures.sorted {
            ($0.time, $0.departure.call.tripID, $0.departure.call.stopSequence)
                < ($1.time, $1.departure.call.tripID, $1.departure.call.stopSequence)
        }.map(\.departure)
    }

    var sortedHeadways: [StopView.Headway] {
        headways.sorted {
            ($0.time, $0.headway.call.tripID, $0.headway.call.stopSequence)
                < ($1.time, $1.headway.call.tripID, $1.headway.call.stopSequence)
        }.map(\.headway)
    }

    /// Adds every trip of the visit's pattern that runs on the date.
    mutating func add(_ visit: StopVisit, at stop: StopIndex) {
        for index in network.trips(of: visit.pattern) {
            let trip = network.trips[index]
            guard network.services[trip.service].isActive(on: date) else { continue }
            let call = StopView.Call(network, trip, visit, stop)
            let time = network.stopTime(of: index, at: visit.position)
            if trip.frequencies.isEmpty {
                departures.append(
                    (time.departure, StopView.Departure(time, start: nil, call: call)))
            }
            for frequency in trip.frequencies {
                add(frequency, time, network.departure(of: index), call)
            }
        }
    }

    private mutating func add(
        _ frequency: Frequency, _ time: StopTime, _ first: ServiceTime, _ call: StopView.Call
    ) {
        guard frequency.isExact else {
            let delay = Int(time.departure.seconds - first.seconds)
            let start = frequency.start.later(by: delay)
            let headway = StopView.Headway(
                startTime: start.text, endTime: frequency.end.later(by: delay).text,
                headwayS: frequency.headway, call: call)
            headways.append((start, headway))
            return
        }
        let starts = frequency.starts
        for start in starts.prefix(StopView.Board.runLimit) {
            let moved = time.moved(by: start - Int(first.seconds))
            let run = StopView.Departure(moved, start: ServiceTime(start), call: call)
            departures.append((moved.departure, run))
        }
        omittedRuns += max(0, starts.count - StopView.Board.runLimit)
    }
}

extension Frequency {
    /// When runs leave the first stop, in seconds of the service day; none is made until asked for.
    fileprivate var starts: some Collection<Int> {
        (0..<runCount).lazy.map { Int(start.seconds) + $0 * headway }
    }
}

extension StopTime {
    fileprivate func moved(by seconds: Int) -> StopTime {
        StopTime(arrival: arrival.later(by: seconds), departure: departure.later(by: seconds))
    }
}

extension StopView.Departure {
    fileprivate init(_ time: StopTime, start: ServiceTime?, call: StopView.Call) {
        arrivalTime = time.arrival.text
        departureTime = time.departure.text
        startTime = start?.text
        self.call = call
    }
}

extension StopView.Call {
    fileprivate init(_ network: Network, _ trip: Trip, _ visit: StopVisit, _ stop: StopIndex) {
        let pattern = network.patterns[visit.pattern]
        stopID = network.stops[stop].id
        stopSequence = Int(pattern.sequences[visit.position])
        tripID = trip.id
        routeID = network.routes[pattern.route].id
        route = network.routes[pattern.route].name
        headsign = trip.headsign
        directionID = pattern.direction
        endsHere = visit.position == pattern.lastPosition
    }
}

extension Network {
    /// The stop itself, and the stops that lie in it where it is a station.
    fileprivate func platforms(of stop: StopIndex) -> [StopIndex] {
        guard stops[stop].kind == .station else { return [stop] }
        return [stop] + stops.indices.filter { stops[$0].parent == stop }
    }
}
