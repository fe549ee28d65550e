import Geometry
import TransitModel

/// What a fix showed of a run's calls at stops.
struct TrackedPassages {
    var run: Run?
    /// The call before the first of `passages`.
    var before: Passage?
    var passages: [Passage] = []
}

extension Engine {
    /// Belief in route and direction from which a vehicle is put on a run.
    static let assignmentConfidence = 0.9
    /// Metres of progress along a line that a vehicle must show before it is put on it.
    static let assignmentTravel = 120.0
    /// Metres beyond the first stop at which a waiting vehicle has departed.
    static let departureDistance = 60.0
    /// Seconds that a vehicle may wait for a departure without a timetable before it counts as parked.
    static let longestWait = 2700.0
    /// Belief relative to the best at which a run's own line is still as good as any.
    private static let tie = -3.0

    /// Keeps the vehicle's run in step with its movement.
    mutating func track(_ vehicle: Int, at moment: Timestamp) -> TrackedPassages {
        if vehicles[vehicle].run?.isClaimed != true { reassign(vehicle, at: moment) }
        let observed = rejoin(vehicle, at: moment) ?? advance(vehicle, at: moment)
        if let run = vehicles[vehicle].run, run.isFinished(in: network.patterns[run.pattern]),
            !run.isClaimed
        {
            setRun(nextRun(after: run, arriving: moment), of: vehicle)
        }
        return observed
    }

    /// Gives a vehicle a run, or none, and keeps the list of who holds which.
    mutating func setRun(_ run: Run?, of vehicle: Int) {
        if let old = vehicles[vehicle].run, holders[old.instance] == vehicle {
            holders[old.instance] = nil
        }
        if let run {
            // What a source names outweighs what movement made us think of another vehicle.
            if let other = holders[run.instance], vehicles[other].run?.isClaimed == false {
                vehicles[other].run = nil
            }
            holders[run.instance] = vehicle
        }
        vehicles[vehicle].run = run
    }

    /// Whether another vehicle that is still heard from works a run.
    func isHeld(_ instance: TripInstance, at moment: Timestamp, except own: Int?) -> Bool {
        guard let holder = holders[instance], holder != own else { return false }
        return vehicles[holder].silence(at: moment) <= vehicles[holder].patience
    }

    // MARK: - Which run

    /// Puts the vehicle on another run where movement says so clearly.
    private mutating func reassign(_ vehicle: Int, at moment: Timestamp) {
        let matcher = vehicles[vehicle].matcher
        if let run = vehicles[vehicle].run, run.progress == nil, let since = run.waitingSince,
            moment - since > Self.longestWait
        {
            setRun(nil, of: vehicle)
        }
        guard let best = matcher.best, best.misses == 0 else { return }
        if let run = vehicles[vehicle].run {
            let own = matcher.hypothesis(onLine: run.line)
            if best.line == run.line
                || (own.map { $0.misses == 0 && $0.belief > Self.tie } ?? false)
            {
                return
            }
            if isOnDetour(vehicle, from: run, onto: best) { return }
        }
        guard best.travelled >= Self.assignmentTravel,
            best.location.distanceAlong < lines[best.line].end - 150,
            matcher.confidence(in: lines) >= Self.assignmentConfidence,
            let run = newRun(for: vehicle, at: moment)
        else { return }
        if vehicles[vehicle].run?.progress != nil { vehicles[vehicle].reassignments += 1 }
        setRun(run, of: vehicle)
    }

    /// A way to read a vehicle found under way: a line, and the run that fits it there.
    private struct Reading {
        var hypothesis: Hypothesis
        /// When the vehicle must have left the first stop.
        var departure: Timestamp
        var instance: TripInstance
    }

    /// The run that a vehicle found under way must be on: among the lines that its movement fits
    /// equally well, the one whose timetable fits best.
    private func newRun(for vehicle: Int, at moment: Timestamp) -> Run? {
        let matcher = vehicles[vehicle].matcher
        guard let best = matcher.best else { return nil }
        let readings = matcher.hypotheses
            .filter {
                $0.misses == 0 && $0.belief > Self.tie
                    && lines[$0.line].route == lines[best.line].route
            }
            .compactMap { hypothesis -> Reading? in
                let departure = departure(of: hypothesis, at: moment)
                let instance = timetable.instance(onLine: hypothesis.line, leavingAt: departure) {
                    isHeld($0, at: moment, except: vehicle)
                }
                return instance.map {
                    Reading(hypothesis: hypothesis, departure: departure, instance: $0)
                }
            }
        guard let fit = readings.min(by: { misfit($0) < misfit($1) }) else { return nil }
        var run = run(fit.instance, leavingAt: fit.departure)
        let pattern = network.patterns[run.pattern]
        run.progress = Progress(
            distance: fit.hypothesis.location.distanceAlong, timestamp: moment, pattern: pattern)
        return run.isFinished(in: pattern) ? nil : run
    }

    /// A run that has not begun.
    func run(
        _ instance: TripInstance, isClaimed: Bool = false, leavingAt departure: Timestamp
    ) -> Run {
        let pattern = network.trips[instance.trip].pattern
        return Run(
            instance: instance, pattern: pattern, line: lines.line(of: pattern),
            isClaimed: isClaimed,
            reference: ReferenceTimes.reference(of: instance.trip, in: network),
            plannedDeparture: departure)
    }

    /// When a vehicle on a line must have left the first stop.
    private func departure(of hypothesis: Hypothesis, at moment: Timestamp) -> Timestamp {
        let pattern = lines[hypothesis.line].patterns[0]
        guard let trip = network.trips(of: pattern).first else { return moment }
        return moment
            - ReferenceTimes.time(
                at: hypothesis.location.distanceAlong,
                after: ReferenceTimes.reference(of: trip, in: network),
                in: network.patterns[pattern])
    }

    /// How badly a reading and the timetable agree.
    private func misfit(_ reading: Reading) -> Double {
        let instance = reading.instance
        let lateness: Double
        if instance.startTime == nil {
            let scheduled = network.scheduled(instance, at: 0).departure
            lateness = abs(reading.departure - scheduled)
        } else {
            let service = network.services[network.trips[instance.trip].service]
            lateness = service.isActive(on: instance.serviceDate) ? 0 : 86_400
        }
        return lateness / 300 - reading.hypothesis.belief
    }

    // MARK: - How far along

    private mutating func advance(_ vehicle: Int, at moment: Timestamp) -> TrackedPassages {
        guard !vehicles[vehicle].isAstray, var run = vehicles[vehicle].run,
            let place = vehicles[vehicle].matcher.hypothesis(onLine: run.line), place.misses == 0
        else { return TrackedPassages() }
        let pattern = network.patterns[run.pattern]
        if run.progress == nil {
            guard begin(&run, with: place, at: moment, pattern) else {
                vehicles[vehicle].run = run
                return TrackedPassages()
            }
            terminals.departed(
                onLine: run.line, at: run.progress?.timestamp ?? moment,
                waitingSince: run.waitingSince)
        }
        var observed = TrackedPassages(run: run, before: run.progress?.before)
        observed.passages =
            run.progress?.advance(
                to: place.location.distanceAlong, at: moment, pattern: pattern,
                speed: vehicles[vehicle].last?.speed, noise: vehicles[vehicle].offRoute.noise)
            ?? []
        run.fellBehind =
            place.location.distanceAlong < (run.progress?.distance ?? 0) - 300
            ? run.fellBehind + 1 : 0
        vehicles[vehicle].run = run
        if run.fellBehind >= 3 { restart(vehicle, at: place, moment) }
        return observed
    }

    /// Whether a waiting run has left its first stop; starts its progress if so.
    private func begin(
        _ run: inout Run, with place: Hypothesis, at moment: Timestamp, _ pattern: TripPattern
    ) -> Bool {
        let beyond = place.location.distanceAlong - pattern.distances[0]
        if beyond <= Self.departureDistance {
            run.lastAtStart = moment
            if run.waitingSince == nil { run.waitingSince = moment }
            return false
        }
        let isUnderWay = place.travelled >= 50 || (run.isClaimed && beyond > 400)
        guard isUnderWay, beyond < pattern.line.length - 150 else { return false }
        if let lastAtStart = run.lastAtStart {
            // Between two fixes the bus left at some moment: as late as a usual pace allows.
            let departure = max(lastAtStart, moment - beyond / 7)
            run.progress = Progress(
                departedAt: departure, since: lastAtStart, pattern: pattern)
        } else {
            run.progress = Progress(
                distance: place.location.distanceAlong, timestamp: moment, pattern: pattern)
        }
        return true
    }

    /// Starts progress afresh where movement shows that the vehicle is far behind what was believed.
    private mutating func restart(_ vehicle: Int, at place: Hypothesis, _ moment: Timestamp) {
        vehicles[vehicle].reassignments += 1
        guard var run = vehicles[vehicle].run, run.isClaimed,
            // A bus that names the same headway trip lap after lap has begun another run of it.
            run.instance.startTime == nil || !run.isFinished(in: network.patterns[run.pattern])
        else {
            return setRun(nil, of: vehicle)
        }
        run.fellBehind = 0
        run.progress = Progress(
            distance: place.location.distanceAlong, timestamp: moment,
            pattern: network.patterns[run.pattern])
        vehicles[vehicle].run = run
    }
}
