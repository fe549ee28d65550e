import TransitModel

/// Turns a run's place and the link times into times at the stops ahead.
struct Predictor {
    let network: Network
    let links: LinkTimes
    let now: Timestamp

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
        let pattern = network.patterns[run.pattern]
        var moment = start.moment
        var own = start.deviation * start.deviation
        var shared = 0.0
        var floor = now
        var predictions: [StopPrediction] = []
        predictions.reserveCapacity(pattern.stops.count)
        for position in start.position + 1..<max(start.position + 1, pattern.stops.count) {
            let rest = position == start.position + 1 ? 1 - start.share : 1
            let reference = run.reference[position] - run.reference[position - 1]
            let link = links.expectation(
                reference: reference, pattern: run.pattern, after: position - 1,
                entry: max(moment, now), now: now)
            moment = moment + link.seconds * rest
            // A bus that should have been there by now is still on its way.
            if moment < floor + 1 { moment = floor + 1 }
            floor = moment
            let deviation = link.spread * link.seconds * rest
            own += deviation * deviation / 2
            shared += deviation / 2.0.squareRoot() / 2
            predictions.append(
                StopPrediction(
                    position: position, arrival: moment, departure: moment,
                    uncertainty: Self.halfWidth((own + shared * shared).squareRoot())))
        }
        return predictions
    }

    /// Half-width of the central 80 % of a normal distribution, with ten seconds for the fix.
    static func halfWidth(_ deviation: Double) -> Double {
        10 + 1.2816 * deviation
    }
}
