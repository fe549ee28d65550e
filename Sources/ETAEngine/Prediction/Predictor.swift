import TransitModel

/// Turns a run's place and the link times into times at the stops ahead.
struct Predictor {
    let links: LinkTimes
    let now: Timestamp
    /// The period of the week that `now` lies in.
    private let period: LinkTimes.Period

    init(links: LinkTimes, now: Timestamp) {
        self.links = links
        self.now = now
        period = links.period(at: now)
    }

    /// Where and when a run starts to be foretold.
    struct Start {
        /// Position of the stop that the vehicle last was at.
        var position: Int
        /// Share of the link after it that lies behind, 0 ..< 1.
        var share: Double
        /// When the vehicle was, or will be, there.
        var moment: Timestamp
        /// Standard deviation in seconds of that moment.
        var deviation: Double
    }

    /// Foretells a run from where it is.
    ///
    /// The variance of a sum of links is taken as if half of each link's spread were shared by all:
    /// a slow driver or a jam is slow on the next links too.
    func stops(of run: Run, from start: Start) -> [StopPrediction] {
        let reference = run.reference
        var moment = start.moment
        var own = start.deviation * start.deviation
        var shared = 0.0
        var floor = now
        var period = period
        let positions = start.position + 1..<max(start.position + 1, reference.count)
        var rest = 1 - start.share
        var stops: [StopPrediction] = []
        stops.reserveCapacity(positions.count)
        for position in positions {
            let entry = max(moment, now)
            if entry >= period.end { period = links.period(at: entry) }
            let link = links.expectation(
                reference: reference[position] - reference[position - 1],
                pattern: run.pattern, after: position - 1, in: period.number,
                ahead: entry - now, now: now)
            let seconds = link.seconds * rest
            moment = moment + seconds
            // That nothing was heard since does not say that the bus is late: it may be beyond a stop
            // where it should have been by now, or still on its way.
            floor = max(moment, floor + 1)
            let variance = link.variance * seconds * seconds / 2
            own += variance
            shared += variance.squareRoot() / 2
            stops.append(
                StopPrediction(
                    position: position, arrival: floor, departure: floor,
                    uncertainty: Self.halfWidth((own + shared * shared).squareRoot())))
            rest = 1
        }
        return stops
    }

    /// Half-width of the central 80 % of a normal distribution, with ten seconds for the fix.
    static func halfWidth(_ deviation: Double) -> Double {
        10 + 1.2816 * deviation
    }
}
