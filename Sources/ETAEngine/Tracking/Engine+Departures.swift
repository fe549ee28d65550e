import TransitModel

extension Engine {
    /// Metres beyond the first stop at which a waiting vehicle may have departed.
    private static let departureDistance = 60.0
    /// Metres that it goes on from there before it is believed to have: fixes drift, and buses come
    /// to their bay along the line on which they leave.
    private static let departureStep = 30.0
    /// Metres beyond the first stop at which it certainly has.
    private static let certainDistance = 250.0
    /// Seconds by which a departure before its time makes one wait for certainty.
    private static let earlyDeparture = 120.0
    /// Metres a second at which a bus gets away from its first stop.
    private static let departureSpeed = 7.0
    /// How much better another trip must fit a departure than the one that was waited for.
    private static let betterFit = 1.5

    /// Whether a waiting run has left its first stop; starts its progress if so.
    mutating func begin(_ vehicle: Int, with place: Hypothesis, at moment: Timestamp) -> Bool {
        guard let run = vehicles.span[vehicle].run else { return false }
        let beyond = place.distance - patterns[run.pattern].distances[0]
        if beyond <= Self.departureDistance {
            vehicles[vehicle].work.stand(at: moment)
            return false
        }
        vehicles[vehicle].work.leaving = beyond
        guard hasLeft(run, with: place, beyond, at: moment),
            place.distance < lines.end(ofLine: run.line) - Self.endZone
        else { return false }
        guard let lastAtStart = run.lastAtStart else {
            vehicles[vehicle].work.progress = Progress(
                distance: place.distance, timestamp: moment, pattern: patterns[run.pattern])
            return true
        }
        // Between two fixes the bus left at some moment: as late as a usual pace allows.
        let departure = max(lastAtStart, moment - beyond / Self.departureSpeed)
        takeTrip(thatLeftAt: departure, vehicle)
        vehicles[vehicle].work.progress = Progress(
            departedAt: departure, since: lastAtStart, pattern: patterns[run.pattern])
        learnDeparture(of: run, at: departure)
        terminals.departed(onLine: run.line, at: departure, waitingSince: run.waitingSince)
        return true
    }

    /// Whether a vehicle so far beyond its first stop is on its way.
    private func hasLeft(
        _ run: Run, with place: Hypothesis, _ beyond: Double, at moment: Timestamp
    ) -> Bool {
        guard run.lastAtStart != nil else {
            return place.travelled >= 50 || (run.isClaimed && beyond > 400)
        }
        guard place.travelled >= 50, beyond < Self.certainDistance else {
            return place.travelled >= 50
        }
        guard moment > run.plannedDeparture - Self.earlyDeparture, let before = run.leaving else {
            return false
        }
        return beyond >= before + Self.departureStep
    }

    /// Changes the trip of a waiting vehicle for one that its departure fits far better.
    ///
    /// Which trip a bus works next is a guess until it leaves; when it does, the timetable tells.
    private mutating func takeTrip(thatLeftAt departure: Timestamp, _ vehicle: Int) {
        guard let run = vehicles.span[vehicle].run, !run.isClaimed, run.instance.startTime == nil,
            let fit = timetable.fit(
                onLine: run.line, leavingAt: departure, holders, except: vehicle),
            fit.instance != run.instance,
            network.trips[fit.instance.trip].pattern == run.pattern,
            fit.cost + Self.betterFit < timetable.cost(ofLeaving: run.instance, at: departure)
        else { return }
        var other = self.run(fit.instance, leavingAt: departure)
        other.waitingSince = run.waitingSince
        other.lastAtStart = run.lastAtStart
        setRun(other, of: vehicle)
    }
}
