import TransitModel

extension Engine {
    /// What a vehicle will most likely run after a run that ends at `arrival`.
    ///
    /// That is the next trip of its block, or the way back that starts nearest to where it ends. It
    /// waits there to depart.
    mutating func nextRun(after run: Run, arriving arrival: Timestamp) -> Run? {
        let trip = network.trips[run.instance.trip]
        // A source that names timetabled trips knows better than we what comes next.
        guard trip.block != nil || !run.isClaimed || !trip.frequencies.isEmpty else { return nil }
        let holder = holders[run.instance]
        if let next = chains.next(after: run.instance) {
            let instance = started(next, leavingAt: arrival + TerminalTimes.shortestLayover)
            if !holders.isHeld(instance, at: arrival, except: holder) {
                return scheduledRun(instance, since: arrival)
            }
        }
        guard trip.block == nil else { return nil }
        return likeliestRun(after: run, arriving: arrival, holder: holder)
    }

    /// The run of a trip of a block; one on a headway is named by when it can leave.
    private func started(_ instance: TripInstance, leavingAt ready: Timestamp) -> TripInstance {
        guard !timetable.frequencies(of: instance.trip).isEmpty else { return instance }
        var instance = instance
        let time = network.serviceDay.time(at: ready, on: instance.serviceDate)
        instance.startTime = timetable.start(of: instance.trip, leavingAt: time)
        return instance
    }

    /// The run that starts nearest to where a run ends and fits the time best.
    private mutating func likeliestRun(after run: Run, arriving arrival: Timestamp, holder: Int?)
        -> Run?
    {
        let ready = arrival + TerminalTimes.shortestLayover
        guard let line = timetable.continuation(ofLine: run.line, leavingAt: ready) else {
            return nil
        }
        let fit = timetable.fit(
            onLine: line, at: timetable.start(ofLine: line),
            timetable.hasTimetable(line) ? arrival : ready, holders,
            except: holder)
        guard let instance = fit?.instance else { return nil }
        guard instance.startTime != nil else { return scheduledRun(instance, since: arrival) }
        // Named by what was seen, not by what is thought of the departure: the name must stay.
        let headway = timetable.headway(onLine: line, at: arrival)
        let departure = terminals.departure(onLine: line, arrival: arrival, headway: headway)
        return waitingRun(instance, leavingAt: departure, since: arrival)
    }

    private mutating func scheduledRun(_ instance: TripInstance, since arrival: Timestamp) -> Run {
        let scheduled = network.scheduled(instance, at: 0).departure
        return waitingRun(instance, leavingAt: max(scheduled, arrival), since: arrival)
    }

    private mutating func waitingRun(
        _ instance: TripInstance, leavingAt departure: Timestamp, since arrival: Timestamp
    ) -> Run {
        var run = run(instance, leavingAt: departure)
        run.waitingSince = arrival
        run.lastAtStart = arrival
        return run
    }
}
