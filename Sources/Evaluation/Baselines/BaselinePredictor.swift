import ETAEngine
import TransitModel

/// A baseline at work: pings in, predictions out.
struct BaselinePredictor {
    /// Seconds ahead beyond which nothing is told.
    private static let horizon = 2700.0
    /// Seconds that a foretold moment may lie back and still be told.
    private static let oldestMoment = 30.0
    /// Seconds without a fix after which a bus is not foretold.
    private static let silence = 360.0
    /// Seconds after its scheduled start for which a bus is expected on its next run.
    private static let longestWait = 3600.0

    private let method: BaselineMethod
    private let roster: RunRoster
    private var follower: TripFollower
    private var forecaster: (any RunForecaster)?

    init(_ method: BaselineMethod, roster: RunRoster, network: Network) {
        self.method = method
        self.roster = roster
        follower = TripFollower(roster: roster, network: network)
        forecaster = method.forecaster
    }

    /// Takes a ping.
    ///
    /// - Returns: whether it was placed on a run.
    /// - Throws: when the vehicle's newest fix is as new.
    mutating func receive(_ ping: Ping) throws(PingRejection) -> Bool {
        guard let traversals = try follower.receive(ping) else { return false }
        for traversal in traversals { forecaster?.learn(traversal) }
        return true
    }

    /// All that is foretold at a moment in unix seconds.
    func predictions(at now: Double) -> [TripPrediction] {
        guard let forecaster else { return timetabled(at: now) { _ in true } }
        var predictions: [TripPrediction] = []
        var expected = follower.known
        for vehicle in follower.vehicles {
            guard let fix = vehicle.fix, now - fix.moment <= Self.silence else { continue }
            let forecast = forecaster.forecast(fix, at: now)
            let source: PredictionSource = fix.place == .start ? .terminal : .live
            predictions.append(Self.prediction(of: fix.run, forecast, source, by: vehicle, at: now))
            guard let next = nextRun(after: fix.run, at: now) else { continue }
            expected.insert(next.instance)
            let free = forecast.moments.last ?? fix.moment
            let late = max(0, free - next.start, now - next.start)
            let delayed = RunForecast.timetable(next, late: late)
            predictions.append(Self.prediction(of: next, delayed, .nextTrip, by: vehicle, at: now))
        }
        return predictions + timetabled(at: now) { !expected.contains($0.instance) }
    }

    /// The next run of a bus, while no bus has shown itself on it.
    private func nextRun(after run: ScheduledRun, at now: Double) -> ScheduledRun? {
        guard let next = roster.follower(of: run), !follower.known.contains(next.instance),
            next.start > now - Self.longestWait, next.start < now + Self.horizon
        else { return nil }
        return next
    }

    /// What the timetable says of runs that start around now.
    private func timetabled(
        at now: Double, where isTold: (ScheduledRun) -> Bool
    ) -> [TripPrediction] {
        roster.runs(startingIn: now - method.patience..<now + Self.horizon)
            .filter { $0.end > now && isTold($0) }
            .map { run in
                let first = run.arrivals.firstIndex(above: now)
                let ahead = RunForecast(first: first, moments: Array(run.arrivals[first...]))
                return Self.prediction(of: run, ahead, .schedule, by: nil, at: now)
            }
    }

    private static func prediction(
        of run: ScheduledRun, _ forecast: RunForecast, _ source: PredictionSource,
        by vehicle: TripFollower.Vehicle?, at now: Double
    ) -> TripPrediction {
        let stops = forecast.moments.enumerated()
            .filter { $1 > now - oldestMoment && $1 <= now + horizon }
            .map { offset, moment in
                StopPrediction(
                    position: forecast.first + offset, arrival: Timestamp(moment),
                    departure: Timestamp(moment), uncertainty: .nan)
            }
        return TripPrediction(
            instance: run.instance, pattern: run.pattern, vehicleID: vehicle?.id,
            source: source, fixTime: (vehicle?.fix?.moment).map { Timestamp($0) }, stops: stops)
    }
}
