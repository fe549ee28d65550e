import TransitModel

/// Turns a run's place and the link times into times at the stops ahead.
struct Predictor {
    /// Seconds that a vehicle not heard of is due at a stop where it should have been.
    static let longestDue = 60.0

    let times: TravelTimes
    let now: Timestamp
    private let patterns: Table<TripPattern>
    private let calibration: Calibration
    /// The period of the week that `now` lies in.
    private let period: LinkTimes.Period

    init(
        times: TravelTimes, patterns: Table<TripPattern>,
        calibration: Calibration = Calibration(isInForce: false),
        now: Timestamp
    ) {
        self.calibration = calibration
        self.times = times
        self.patterns = patterns
        self.now = now
        period = times.links.period(at: now)
    }

    /// Where and when a run starts to be foretold.
    struct Start {
        /// Position of the stop that the vehicle last was at.
        var position: Int
        /// Share of the link after it that lies behind, 0 ..< 1.
        var share: Double
        /// Whether the vehicle is still at that stop.
        var isStanding = false
        /// When the vehicle was, or will be, there.
        var moment: Timestamp
        /// Standard deviation in seconds of that moment.
        var deviation: Double
        /// What the prediction rests on.
        var source = PredictionSource.live
    }

    /// Foretells a run from where it is.
    ///
    /// The variance of a sum of links is taken as if half of each link's spread were shared by all:
    /// a slow driver or a jam is slow on the next links too.
    func stops(of run: Run, from start: Start) -> [StopPrediction] {
        let reference = run.reference
        let pattern = patterns[run.pattern]
        var moment = start.moment
        var own = start.deviation * start.deviation
        var shared = 0.0
        var floor = now
        var period = period
        let pace = run.pace.excess
        let scheduledStart = run.scheduledStart
        let positions = start.position + 1..<max(start.position + 1, reference.count)
        var rest = 1 - start.share
        var stops: [StopPrediction] = []
        stops.reserveCapacity(positions.count)
        for position in positions {
            let entry = max(moment, now)
            if entry >= period.end { period = times.links.period(at: entry) }
            let link = times.links.expectation(
                reference: reference[position] - reference[position - 1],
                pattern: run.pattern, after: position - 1, in: period.number, entry: entry)
            let driving = link.seconds * rest
            var seconds = driving * (1 + times.excess(ofPace: pace, ahead: entry - now))
            if rest == 1 || start.isStanding, let scheduled = scheduledStart {
                seconds += times.shift(
                    lateness: entry - (scheduled + reference[position - 1]),
                    at: pattern.stops[position - 1], driving: driving)
            }
            moment = moment + max(1, seconds)
            let variance = link.variance * driving * driving / 2
            own += variance
            shared += variance.squareRoot() / 2
            rest = 1
            // That nothing was heard since does not say that the bus is late: it may be beyond a stop
            // where it should have been by now, or still on its way. For a while it is due there.
            guard moment >= now - Self.longestDue else { continue }
            var stop = told(
                position, max(moment, now), start.source,
                spread: Self.halfWidth((own + shared * shared).squareRoot()))
            stop.follow(floor)
            floor = stop.departure
            stops.append(stop)
        }
        return stops
    }

    /// What is told of an arrival that is expected at a moment.
    @inline(__always)
    func told(
        _ position: Int, _ expected: Timestamp, _ source: PredictionSource, spread: Double
    ) -> StopPrediction {
        let telling = calibration.telling(source, ahead: expected - now)
        let arrival = expected > now ? max(now, expected + telling.shift * spread) : now
        var stop = StopPrediction(
            position: position, arrival: arrival, departure: arrival,
            uncertainty: telling.width * spread)
        stop.shift = Float(arrival - expected)
        stop.spread = Float(spread)
        return stop
    }

    /// Half-width of the central 80 % of a normal distribution, with ten seconds for the fix.
    static func halfWidth(_ deviation: Double) -> Double {
        10 + 1.2816 * deviation
    }
}

extension StopPrediction {
    /// Puts it after the stop before: past errors may move the two apart or together.
    @inline(__always)
    fileprivate mutating func follow(_ before: Timestamp) {
        guard arrival < before else { return }
        let later = before - arrival
        arrival = arrival + later
        departure = arrival
        shift += Float(later)
    }
}
