import Geometry
import TransitModel

extension Engine {
    /// Seconds that a bus needs at its terminal, which one that has less of does not leave on time.
    private static let turnaround = 60.0
    /// The share of departures that are earlier than what is foretold of them.
    private static let share = 0.4
    /// Seconds before it leaves that a bus is seen to, at the least.
    private static let notice = 10.0
    /// Metres a second at which a bus comes to its first stop, and metres from which it needs to.
    private static let approach = (speed: 6.0, distance: 150.0)

    /// What a departure is held against, and the moment that this gives.
    struct PlannedDeparture {
        var plan: DepartureDelays.Plan
        var moment: Timestamp
    }

    /// What a run that a bus is ready for since a moment, or will be at it, is held against; `others`
    /// is how many wait before it, nil while it is still on its way.
    func plan(for run: Run, ready: Timestamp, behind others: Int? = nil) -> PlannedDeparture {
        if let scheduled = run.scheduledStart {
            return scheduled >= ready + Self.turnaround
                ? PlannedDeparture(plan: .timetable, moment: scheduled)
                : PlannedDeparture(plan: .turnaround, moment: ready)
        }
        let stop = patterns[run.pattern].stops[0]
        guard let others, let spaced = spaced(run, ready: ready, behind: others),
            // Whichever told better so far when buses leave from here.
            delays.spread(after: .headway, at: stop) < delays.spread(after: .layover, at: stop)
        else { return PlannedDeparture(plan: .layover, moment: ready) }
        return spaced
    }

    private func spaced(_ run: Run, ready: Timestamp, behind others: Int) -> PlannedDeparture? {
        terminals.spacedDeparture(onLine: run.line, arrival: ready, behind: others).map {
            PlannedDeparture(plan: .headway, moment: $0)
        }
    }

    /// How many buses wait for the same line since before a moment.
    private func waiting(onLine line: Int, before moment: Timestamp, except vehicle: Int) -> Int {
        let vehicles = vehicles.span
        var count = 0
        for other in vehicles.indices where other != vehicle && vehicles[other].hasRun {
            guard vehicles[other].work.line == line, !vehicles[other].work.isUnderWay,
                let since = vehicles[other].work.waitingSince
            else { continue }
            if since < moment { count += 1 }
        }
        return count
    }

    /// When a bus will leave that has not left at a moment.
    func departure(on run: Run, after planned: PlannedDeparture, at now: Timestamp) -> Timestamp {
        guard components.contains(.departures) else {
            return max(run.plannedDeparture, now + Self.notice)
        }
        let stop = patterns[run.pattern].stops[0]
        let delay = delays.quantile(
            Self.share, after: planned.plan, at: stop, overdue: now - planned.moment)
        return max(planned.moment + delay, now + Self.notice)
    }

    /// When a vehicle will leave on the run that it waits for.
    func departure(of vehicle: Int, at now: Timestamp) -> Timestamp {
        guard let run = vehicles.span[vehicle].run else { return now }
        let metres = firstStop(of: run.pattern).distance(to: vehicles.span[vehicle].point)
        let isNear = metres <= Self.approach.distance
        // A vehicle still away from the stop has to come there first.
        let arrival = isNear ? now : now + metres / Self.approach.speed
        let ready = isNear ? run.waitingSince ?? now : arrival
        let others =
            run.scheduledStart == nil && isNear
            ? waiting(onLine: run.line, before: ready, except: vehicle) : nil
        let planned = plan(for: run, ready: ready, behind: others)
        return max(departure(on: run, after: planned, at: now), arrival)
    }

    /// Learns from a departure from the first stop.
    mutating func learnDeparture(of run: Run, at departure: Timestamp) {
        guard let ready = run.waitingSince else { return }
        for planned in plans(for: run, ready: ready) {
            delays.learn(
                departure - planned.moment, after: planned.plan,
                at: patterns[run.pattern].stops[0])
        }
    }

    /// All that a departure can be held against.
    private func plans(for run: Run, ready: Timestamp) -> [PlannedDeparture] {
        guard run.scheduledStart == nil else { return [plan(for: run, ready: ready)] }
        let spaced = spaced(run, ready: ready, behind: 0)
        return [PlannedDeparture(plan: .layover, moment: ready)] + (spaced.map { [$0] } ?? [])
    }
}
