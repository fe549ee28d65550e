import TransitModel

extension Engine {
    /// What a vehicle will most likely run after a run that ends at `arrival`.
    ///
    /// That is the next trip of its block, or the way back that starts nearest to where it ends. It
    /// waits there to depart.
    func nextRun(after run: Run, arriving arrival: Timestamp) -> Run? {
        let holder = holders[run.instance]
        let ready = arrival + TerminalTimes.shortestLayover
        if var instance = timetable.nextInBlock(after: run.instance) {
            if !network.trips[instance.trip].frequencies.isEmpty {
                let time = network.serviceDay.time(at: ready, on: instance.serviceDate)
                instance.startTime = timetable.start(of: instance.trip, leavingAt: time)
            }
            guard !isHeld(instance, at: arrival, except: holder) else { return nil }
            let scheduled = network.scheduled(instance, at: 0).departure
            return waitingRun(instance, leavingAt: max(scheduled, ready), since: arrival)
        }
        let trip = network.trips[run.instance.trip]
        // A source that names timetabled trips knows better than we what comes next.
        guard trip.block == nil, !run.isClaimed || !trip.frequencies.isEmpty,
            let line = timetable.continuation(ofLine: run.line, leavingAt: ready)
        else { return nil }
        let headway = timetable.headway(onLine: line, at: arrival)
        let departure = terminals.departure(onLine: line, arrival: arrival, headway: headway)
        // Named by what was seen, not by what is thought of the departure: the name must stay.
        let instance = timetable.instance(onLine: line, leavingAt: ready) {
            isHeld($0, at: arrival, except: holder)
        }
        guard let instance else { return nil }
        let planned =
            instance.startTime == nil
            ? max(network.scheduled(instance, at: 0).departure, arrival) : departure
        return waitingRun(instance, leavingAt: planned, since: arrival)
    }

    private func waitingRun(
        _ instance: TripInstance, leavingAt departure: Timestamp, since arrival: Timestamp
    ) -> Run {
        var run = run(instance, leavingAt: departure)
        run.waitingSince = arrival
        run.lastAtStart = arrival
        return run
    }
}
