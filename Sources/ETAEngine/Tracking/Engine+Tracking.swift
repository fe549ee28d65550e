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
    /// Belief relative to the best below which a run is doubted though movement fits it.
    private static let doubt = -4.0
    /// Doubted fixes in a row after which a run is given up for a likelier one.
    private static let mostDoubts = 3
    /// Metres before the last stop within which a bus that stands has arrived, once it has stood so
    /// many seconds.
    private static let terminalRadius = 150.0
    private static let terminalRest = 60.0
    /// What is to be said against leaving a run for a line, as a natural logarithm: buses change
    /// lines at terminals, and what comes after a run is known.
    private static let change = -4.0
    /// Fixes in a row without its line after which a run is over for a bus that follows another.
    private static let mostMisses = 3
    /// What a line on which no run is to be expected costs, as a natural logarithm.
    private static let noFit = 8.0

    /// Keeps the vehicle's run in step with its movement.
    mutating func track(_ vehicle: Int, at moment: Timestamp) -> TrackedPassages {
        vehicles[vehicle].fixesOnRun += 1
        if vehicles[vehicle].run?.isClaimed != true { reassign(vehicle, at: moment) }
        let observed = advance(vehicle, at: moment)
        rate(vehicle, at: moment)
        if let run = vehicles[vehicle].run, run.isFinished(in: network.patterns[run.pattern]),
            !run.isClaimed
        {
            setRun(nextRun(after: run, arriving: moment), of: vehicle)
        }
        return observed
    }

    /// Keeps account of how well a vehicle's run fits it, for others that might be on it.
    private mutating func rate(_ vehicle: Int, at moment: Timestamp) {
        guard let run = vehicles[vehicle].run else { return }
        guard !run.isClaimed else { return holders.rate(vehicle, cost: -1) }
        guard timetable.hasTimetable(run.line) else { return holders.rate(vehicle, cost: 0) }
        let start = network.patterns[run.pattern].distances[0]
        holders.rate(
            vehicle,
            cost: timetable.cost(of: run.instance, at: run.progress?.distance ?? start, moment))
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
        vehicles[vehicle].fixesOnRun = 0
    }

    // MARK: - Which run

    /// Asks the timetable about every hypothesis of a vehicle whose run is open.
    mutating func weigh(_ vehicle: Int, at moment: Timestamp) {
        guard isOpen(vehicle) else { return }
        let run = vehicles[vehicle].run?.line
        vehicles[vehicle].matcher.weigh { hypothesis in
            let fit = timetable.fit(
                onLine: hypothesis.line, at: hypothesis.distance, moment, holders, except: vehicle)
            let change = run.map { $0 == hypothesis.line ? 0 : Self.change } ?? 0
            return max(-Self.noFit, -(fit?.cost ?? Self.noFit)) + change
        }
    }

    /// Whether it is open which run a vehicle is on.
    private func isOpen(_ vehicle: Int) -> Bool {
        guard vehicles[vehicle].run?.isClaimed != true else { return false }
        guard let run = vehicles[vehicle].run, run.progress != nil else { return true }
        return !isSupported(run, vehicle) || run.doubts > 0 || vehicles[vehicle].fixesOnRun % 4 == 0
    }

    /// Whether movement says about as much for a run's own line as for any other.
    private func isSupported(_ run: Run, _ vehicle: Int) -> Bool {
        guard let own = vehicles[vehicle].matcher.hypothesis(onLine: run.line), own.misses == 0
        else { return false }
        return own.support > vehicles[vehicle].matcher.mostSupport + Self.tie
    }

    /// Whether a vehicle must be on another run than it was thought: at once where movement says so,
    /// after a few fixes where only the timetable does.
    private mutating func isDoubted(_ vehicle: Int, _ best: Hypothesis) -> Bool {
        guard let run = vehicles[vehicle].run, best.line != run.line else {
            vehicles[vehicle].run?.doubts = 0
            return false
        }
        guard isSupported(run, vehicle) else { return true }
        let own = vehicles[vehicle].matcher.hypothesis(onLine: run.line)
        guard run.progress != nil, let own, own.belief < Self.doubt else {
            vehicles[vehicle].run?.doubts = 0
            return false
        }
        vehicles[vehicle].run?.doubts += 1
        return run.doubts + 1 >= Self.mostDoubts
    }

    /// Puts the vehicle on another run where movement says so clearly.
    private mutating func reassign(_ vehicle: Int, at moment: Timestamp) {
        if let run = vehicles[vehicle].run, run.progress == nil, let since = run.waitingSince,
            moment - since > Self.longestWait
        {
            setRun(nil, of: vehicle)
        }
        guard let best = vehicles[vehicle].matcher.best, best.misses == 0 else { return }
        if vehicles[vehicle].run != nil, !isDoubted(vehicle, best) { return }
        guard best.travelled >= Self.assignmentTravel,
            best.distance < lines[best.line].end - 150,
            vehicles[vehicle].matcher.confidence(in: best, of: lines) >= Self.assignmentConfidence,
            let run = newRun(for: vehicle, at: moment)
        else { return leave(vehicle, for: best) }
        if vehicles[vehicle].run?.progress != nil { vehicles[vehicle].reassignments += 1 }
        setRun(run, of: vehicle)
    }

    /// Ends a run whose line was left for another one, though it is not yet clear for which.
    private mutating func leave(_ vehicle: Int, for best: Hypothesis) {
        guard let run = vehicles[vehicle].run, run.progress != nil, !run.isClaimed,
            best.line != run.line, best.travelled >= Self.assignmentTravel
        else { return }
        let own = vehicles[vehicle].matcher.hypothesis(onLine: run.line)
        if own.map({ $0.misses >= Self.mostMisses }) ?? true { setRun(nil, of: vehicle) }
    }

    /// The run that a vehicle found under way must be on: the one that movement, source and timetable
    /// together say most for.
    private func newRun(for vehicle: Int, at moment: Timestamp) -> Run? {
        guard let best = vehicles[vehicle].matcher.best,
            let fit = timetable.fit(
                onLine: best.line, at: best.distance, moment, holders, except: vehicle)
        else { return nil }
        let pattern = network.trips[fit.instance.trip].pattern
        let reference = ReferenceTimes.reference(of: fit.instance.trip, in: network)
        let elapsed = ReferenceTimes.time(
            at: best.distance, after: reference, in: network.patterns[pattern])
        var run = run(fit.instance, leavingAt: moment - elapsed)
        run.progress = Progress(
            distance: best.distance, timestamp: moment, pattern: network.patterns[pattern])
        return run.isFinished(in: network.patterns[pattern]) ? nil : run
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

    // MARK: - How far along

    private mutating func advance(_ vehicle: Int, at moment: Timestamp) -> TrackedPassages {
        guard var run = vehicles[vehicle].run,
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
                to: place.distance, at: moment, pattern: pattern) ?? []
        if let arrival = arrival(of: run, vehicle) {
            observed.passages += run.progress?.arrive(at: arrival, pattern: pattern) ?? []
        }
        run.fellBehind =
            place.distance < (run.progress?.distance ?? 0) - 300
            ? run.fellBehind + 1 : 0
        vehicles[vehicle].run = run
        if run.fellBehind >= 3 { restart(vehicle, at: place, moment) }
        return observed
    }

    /// When a vehicle came to stand near the end of its run; nil while it does not.
    ///
    /// Buses set down and wait at other bays than the one that the timetable names.
    private func arrival(of run: Run, _ vehicle: Int) -> Timestamp? {
        let pattern = network.patterns[run.pattern]
        guard let progress = run.progress, progress.nextStop <= pattern.lastPosition,
            pattern.distances[pattern.lastPosition] - progress.distance < Self.terminalRadius,
            progress.timestamp - vehicles[vehicle].restingSince >= Self.terminalRest
        else { return nil }
        return vehicles[vehicle].restingSince
    }

    /// Whether a waiting run has left its first stop; starts its progress if so.
    private func begin(
        _ run: inout Run, with place: Hypothesis, at moment: Timestamp, _ pattern: TripPattern
    ) -> Bool {
        let beyond = place.distance - pattern.distances[0]
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
            run.progress = Progress(departedAt: departure, pattern: pattern)
        } else {
            run.progress = Progress(
                distance: place.distance, timestamp: moment, pattern: pattern)
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
            distance: place.distance, timestamp: moment,
            pattern: network.patterns[run.pattern])
        vehicles[vehicle].run = run
    }
}
