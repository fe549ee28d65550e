public import TransitModel

/// Adds up how well riders were told, and keeps the gravest misses.
///
/// Every minute is entered twice, by the hour and by the stop: both together would be a hundred
/// times as many sums.
public struct AccuracyAccount: Sendable {
    /// What came together since it was last taken.
    public struct Page: Sendable {
        /// By day, route, direction, phase and horizon; half of them by hour and half by stop.
        public var sums = AccuracySums()
        /// Calls that riders had been told wrong of.
        public var misses = WorstMisses()

        /// Makes an empty page.
        public init() {}

        /// Whether nothing is on it.
        public var isEmpty: Bool { sums.isEmpty }

        /// Adds what another holds.
        public mutating func add(_ other: Page) {
            sums.add(other.sums)
            for miss in other.misses.list { misses.add(miss) }
        }
    }

    /// What came together since it was last taken.
    public private(set) var page = Page()
    private var departures: [TripInstance: RunDeparture] = [:]
    private var latest = Timestamp(-.infinity)
    private var network: Network?

    /// Seconds after which it does not matter any more when a run left.
    private static let longestRun = 4.0 * 3600

    /// Makes an empty account.
    public init() {}

    /// Hands over what came together and begins a new page.
    public mutating func takePage() -> Page {
        departures = departures.filter { latest - $0.value.moment < Self.longestRun }
        defer { page = Page() }
        return page
    }

    /// Takes a page back that could not be kept.
    public mutating func putBack(_ page: Page) { self.page.add(page) }

    /// Enters a call; on another network than the one before, runs have other names.
    public mutating func enter(_ call: GradedCall, on network: Network) {
        if network !== self.network { departures = [:] }
        self.network = network
        latest = max(latest, call.arrival)
        if call.position == 0 {
            departures[call.instance] = RunDeparture(moment: call.arrival, answers: call.answers)
        }
        let departure = departures[call.instance]
        let leaving =
            departure?.moment ?? network.scheduled(call.instance, at: 0).departure
        let minutes = call.minutes
        for minute in minutes { enter(minute, of: call, departure, leaving, network) }
        note(minutes, of: call, departure, leaving, network)
    }

    private mutating func enter(
        _ minute: GradedMinute, of call: GradedCall, _ departure: RunDeparture?,
        _ leaving: Timestamp, _ network: Network
    ) {
        let pattern = network.patterns[call.pattern]
        var key = AccuracyKey(
            date: call.instance.serviceDate, routeID: network.routes[pattern.route].id,
            directionID: pattern.direction, phase: minute.phase(leaving: leaving),
            horizon: minute.horizon)
        let tally = AccuracyTally(minute, at: call.position, leaving: departure)
        key.hour = network.serviceDay.hour(at: call.arrival)
        page.sums.add(tally, to: key)
        key.hour = nil
        key.stopID = network.stops[pattern.stops[call.position]].id
        page.sums.add(tally, to: key)
    }

    /// Notes a call as a miss by what was told about ten minutes before; one that could not be asked
    /// for then is none.
    private mutating func note(
        _ minutes: [GradedMinute], of call: GradedCall, _ departure: RunDeparture?,
        _ leaving: Timestamp, _ network: Network
    ) {
        let wanted = call.arrival - Double(Miss.minutesBefore) * 60
        guard
            let minute = minutes.min(by: {
                abs($0.askedAt - wanted) < abs($1.askedAt - wanted)
            }), abs(minute.askedAt - wanted) <= Miss.tolerance, !minute.isAccurate
        else { return }
        page.misses.add(
            Miss(
                call, on: network, phase: minute.phase(leaving: leaving),
                cause: minute.cause(at: call.position, leaving: departure),
                answer: minute.answer.map(Miss.Answer.init)))
    }
}

extension AccuracyTally {
    /// One minute.
    init(_ minute: GradedMinute, at position: Int, leaving departure: RunDeparture?) {
        asked = 1
        if let answer = minute.answer, let error = minute.error {
            answered = 1
            self.error = error
            absoluteError = abs(error)
            withinInterval = abs(error) <= answer.uncertainty ? 1 : 0
        }
        if minute.isAccurate {
            accurate = 1
        } else {
            misses[minute.cause(at: position, leaving: departure)] = 1
        }
    }
}

extension ServiceDay {
    /// Hour of the clock in the zone, 0 to 23.
    fileprivate func hour(at moment: Timestamp) -> Int {
        Int(time(at: moment, on: date(at: moment)).seconds) / 3600 % 24
    }
}
