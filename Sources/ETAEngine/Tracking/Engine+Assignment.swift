import Geometry
import TransitModel

extension Engine {
    /// Belief in route and direction from which a vehicle is put on a run.
    static let assignmentConfidence = 0.9
    /// Metres of progress along a line that a vehicle must show before it is put on it.
    static let assignmentTravel = 120.0
    /// Metres before the end of a line from which no run is begun in the middle of it.
    static let endZone = 150.0
    /// Seconds that a vehicle may wait for a departure without a timetable before it counts as parked.
    private static let longestWait = 2700.0
    /// Metres from its first stop within which a vehicle may still begin a run that it waits for.
    private static let startReach = 1000.0
    /// Belief relative to the best at which a run's own line is still as good as any.
    private static let tie = -3.0
    /// Belief relative to the best below which a run is doubted though movement fits it.
    private static let doubt = -4.0
    /// Doubted fixes in a row after which a run is given up for a likelier one.
    private static let mostDoubts = 3
    /// Fixes between two looks at whether the timetable speaks for another run.
    private static let auditInterval = 4
    /// Fixes in a row without its line after which a run is over for a bus that follows another.
    private static let mostMisses = 3
    /// What it adds to a run's cost that the vehicle is beside its line: one that is on it is likelier
    /// to work the run.
    private static let astrayCost = 3.0

    /// Gives a vehicle a run, or none, and keeps the list of who holds which.
    mutating func setRun(_ run: Run?, of vehicle: Int) {
        if vehicles.span[vehicle].hasRun {
            let old = vehicles.span[vehicle].work.instance
            if holders[old] == vehicle { holders[old] = nil }
        }
        if let run {
            // What a source names outweighs what movement made us think of another vehicle.
            if let other = holders[run.instance], !vehicles.span[other].work.isClaimed {
                vehicles[other].run = nil
            }
            holders[run.instance] = vehicle
        }
        vehicles[vehicle].run = run
        vehicles[vehicle].fixesOnRun = 0
        vehicles[vehicle].walk.stop()
    }

    /// Keeps account of how well a vehicle's run fits it, for others that might be on it.
    mutating func rate(_ vehicle: Int, at moment: Timestamp) {
        guard vehicles.span[vehicle].hasRun else { return }
        holders.rate(vehicle, cost: costOfRun(of: vehicle, at: moment))
    }

    private func costOfRun(of vehicle: Int, at moment: Timestamp) -> Double {
        let vehicles = vehicles.span
        guard !vehicles[vehicle].work.isClaimed else { return -1 }
        guard timetable.hasTimetable(vehicles[vehicle].work.line) else { return 0 }
        let distance =
            vehicles[vehicle].work.isUnderWay
            ? vehicles[vehicle].work.way.distance
            : patterns[vehicles[vehicle].work.pattern].distances[0]
        let cost = timetable.cost(of: vehicles[vehicle].work.instance, at: distance, moment)
        if isAstray(vehicle) { return cost + Self.astrayCost }
        // One that waits gives way to one that leaves.
        return vehicles[vehicle].work.isUnderWay ? cost : cost + RunHolders.margin
    }

    // MARK: - Which run

    /// Asks the timetable about every hypothesis of a vehicle whose run is open.
    mutating func weigh(_ vehicle: Int, at moment: Timestamp) {
        guard isOpen(vehicle) else { return }
        let run = lineHeld(by: vehicle)
        vehicles[vehicle].matcher.weigh { hypothesis in
            timetable.word(
                for: hypothesis.line, at: hypothesis.distance, moment, holders, of: vehicle,
                onLine: run)
        }
    }

    /// The line of a vehicle's run, which it takes something to leave; nil also for a run that has not
    /// begun once the vehicle is far from its start and off its line.
    func lineHeld(by vehicle: Int) -> Int? {
        let vehicles = vehicles.span
        guard vehicles[vehicle].hasRun else { return nil }
        let line = vehicles[vehicle].work.line
        if vehicles[vehicle].work.isUnderWay || vehicles[vehicle].ownHypothesis?.misses == 0 {
            return line
        }
        let start = firstStop(of: vehicles[vehicle].work.pattern)
        return start.distance(to: vehicles[vehicle].point) < Self.startReach ? line : nil
    }

    /// Whether it is open which run a vehicle is on.
    private func isOpen(_ vehicle: Int) -> Bool {
        let vehicles = vehicles.span
        guard !vehicles[vehicle].work.isClaimed else { return false }
        guard vehicles[vehicle].work.isUnderWay else { return true }
        return !isSupported(vehicle) || vehicles[vehicle].work.doubts > 0
            || vehicles[vehicle].fixesOnRun % Self.auditInterval == 0
    }

    /// Whether movement says about as much for a run's own line as for any other.
    private func isSupported(_ vehicle: Int) -> Bool {
        guard let own = vehicles.span[vehicle].ownHypothesis, own.misses == 0 else { return false }
        return own.support > vehicles.span[vehicle].matcher.mostSupport + Self.tie
    }

    /// Whether a vehicle must be on another run than it was thought: at once where movement says so,
    /// after a few fixes where only the timetable does.
    private mutating func isDoubted(_ vehicle: Int, _ best: Hypothesis) -> Bool {
        guard best.line != vehicles.span[vehicle].work.line else {
            vehicles[vehicle].work.doubts = 0
            return false
        }
        guard isSupported(vehicle) else { return true }
        guard vehicles.span[vehicle].work.isUnderWay,
            let own = vehicles.span[vehicle].ownHypothesis, own.belief < Self.doubt
        else {
            vehicles[vehicle].work.doubts = 0
            return false
        }
        vehicles[vehicle].work.doubts += 1
        return vehicles.span[vehicle].work.doubts >= Self.mostDoubts
    }

    /// Puts the vehicle on another run where movement says so clearly.
    mutating func reassign(_ vehicle: Int, at moment: Timestamp) {
        if !vehicles.span[vehicle].work.isUnderWay,
            let since = vehicles.span[vehicle].work.waitingSince, moment - since > Self.longestWait
        {
            setRun(nil, of: vehicle)
        }
        guard let best = vehicles.span[vehicle].matcher.best, best.misses == 0 else { return }
        if vehicles.span[vehicle].hasRun, !isDoubted(vehicle, best) { return }
        if isOnDetour(vehicle, onto: best) { return }
        guard best.travelled >= Self.assignmentTravel,
            best.distance < lines.end(ofLine: best.line) - Self.endZone,
            confidence(in: best, of: vehicle)
                >= Self.assignmentConfidence,
            let run = newRun(for: vehicle, at: moment)
        else { return leave(vehicle, for: best) }
        if vehicles.span[vehicle].work.isUnderWay { vehicles[vehicle].reassignments += 1 }
        setRun(run, of: vehicle)
    }

    /// Ends a run whose line was left for another one, though it is not yet clear for which.
    private mutating func leave(_ vehicle: Int, for best: Hypothesis) {
        guard best.line != vehicles.span[vehicle].work.line,
            best.travelled >= Self.assignmentTravel
        else { return }
        endRun(of: vehicle, missedFor: Self.mostMisses)
    }

    /// Ends a run under way that the source did not name, if its vehicle was not on its line for so
    /// many fixes.
    mutating func endRun(of vehicle: Int, missedFor fixes: Int) {
        guard vehicles.span[vehicle].work.isUnderWay, !vehicles.span[vehicle].work.isClaimed,
            vehicles.span[vehicle].ownHypothesis.map({ $0.misses >= fixes }) ?? true
        else { return }
        vehicles[vehicle].reassignments += 1
        setRun(nil, of: vehicle)
    }

    /// The run that a vehicle found under way must be on: the one that movement, source and timetable
    /// together say most for.
    private mutating func newRun(for vehicle: Int, at moment: Timestamp) -> Run? {
        guard let best = vehicles.span[vehicle].matcher.best,
            let fit = timetable.fit(
                onLine: best.line, at: best.distance, moment, holders, except: vehicle)
        else { return nil }
        let pattern = patterns[timetable.pattern(of: fit.instance.trip)]
        let elapsed =
            timetable.scheduledSeconds(of: fit.instance.trip, at: best.distance)
            - Double(network.departure(of: fit.instance.trip).seconds)
        var run = run(fit.instance, leavingAt: moment - max(0, elapsed))
        run.progress = Progress(distance: best.distance, timestamp: moment, pattern: pattern)
        return run.isFinished(in: pattern) ? nil : run
    }
}
