import TransitModel

extension Engine {
    /// Seconds after which a trip that the source no longer names is given up.
    private static let claimMemory = 180.0

    /// Takes in what a ping claims of trip, route and direction.
    mutating func follow(claimOf ping: Ping, _ vehicle: Int) {
        vehicles[vehicle].words.hear(ping, network, lines)
        if let trip = vehicles.span[vehicle].words.trip {
            vehicles[vehicle].claimedTripAt = ping.timestamp
            if vehicles.span[vehicle].run.map({ !$0.isClaimed || $0.instance.trip != trip }) ?? true
            {
                startClaimed(trip, ping, vehicle)
            }
        } else if let since = vehicles.span[vehicle].claimedTripAt,
            ping.timestamp - since > Self.claimMemory
        {
            vehicles[vehicle].claimedTripAt = nil
            if vehicles.span[vehicle].run?.isClaimed == true { setRun(nil, of: vehicle) }
        }
        vehicles[vehicle].claim = claim(of: ping, vehicle)
    }

    private func claim(of ping: Ping, _ vehicle: Int) -> Claim {
        var claim = Claim(
            route: vehicles.span[vehicle].words.route, direction: ping.directionID,
            headsign: vehicles.span[vehicle].words.headsign)
        if vehicles.span[vehicle].run?.isClaimed == true, let run = vehicles.span[vehicle].run {
            claim.line = run.line
            claim.expectedDistance = run.expectedDistance(
                at: ping.timestamp, in: network.patterns[run.pattern])
        }
        return claim
    }

    private mutating func startClaimed(_ trip: TripIndex, _ ping: Ping, _ vehicle: Int) {
        let instance = claimedInstance(of: trip, ping, vehicle)
        vehicles[vehicle].matcher.reset()
        let departure = network.scheduled(instance, at: 0).departure
        setRun(run(instance, isClaimed: true, leavingAt: departure), of: vehicle)
    }

    /// The run of a named trip; one that movement had shown before keeps its name.
    private func claimedInstance(of trip: TripIndex, _ ping: Ping, _ vehicle: Int) -> TripInstance {
        if let run = vehicles.span[vehicle].run, run.instance.trip == trip { return run.instance }
        let date = timetable.serviceDate(of: trip, at: ping.timestamp)
        var instance = TripInstance(trip: trip, serviceDate: date)
        guard !network.trips[trip].frequencies.isEmpty else { return instance }
        let time = network.serviceDay.time(at: ping.timestamp, on: date)
        instance.startTime = timetable.start(of: trip, leavingAt: time)
        while let holder = holders[instance], holder != vehicle {
            instance = timetable.following(instance)
        }
        return instance
    }
}

extension Run {
    /// Metres along the line where the timetable has the run at a moment.
    fileprivate func expectedDistance(at moment: Timestamp, in pattern: TripPattern) -> Double {
        let elapsed = moment - plannedDeparture
        guard let next = reference.firstIndex(where: { $0 > elapsed }), next > 0 else {
            return elapsed <= 0 ? pattern.distances[0] : pattern.distances[pattern.lastPosition]
        }
        let share = (elapsed - reference[next - 1]) / (reference[next] - reference[next - 1])
        return pattern.distances[next - 1]
            + share * (pattern.distances[next] - pattern.distances[next - 1])
    }
}
