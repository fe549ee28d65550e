import TransitModel

extension Engine {
    /// Seconds after which a trip that the source no longer names is given up.
    private static let claimMemory = 180.0

    /// Takes in what a ping claims of trip, route and direction.
    mutating func follow(claimOf ping: Ping, _ vehicle: Int) {
        vehicles[vehicle].words.hear(ping, network, lines)
        if let trip = vehicles.span[vehicle].words.trip {
            vehicles[vehicle].claimedTripAt = ping.timestamp
            if !vehicles.span[vehicle].work.isClaimed
                || vehicles.span[vehicle].work.instance.trip != trip
            {
                startClaimed(trip, ping, vehicle)
            }
        } else if let since = vehicles.span[vehicle].claimedTripAt,
            ping.timestamp - since > Self.claimMemory
        {
            vehicles[vehicle].claimedTripAt = nil
            if vehicles.span[vehicle].work.isClaimed { setRun(nil, of: vehicle) }
        }
        vehicles[vehicle].claim = claim(of: ping, vehicle)
    }

    private func claim(of ping: Ping, _ vehicle: Int) -> Claim {
        var claim = Claim(
            route: vehicles.span[vehicle].words.route, direction: ping.directionID,
            headsign: vehicles.span[vehicle].words.headsign)
        if vehicles.span[vehicle].work.isClaimed {
            claim.line = vehicles.span[vehicle].work.line
            claim.expectedDistance = expectedDistance(of: vehicle, at: ping.timestamp)
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
        if vehicles.span[vehicle].hasRun, vehicles.span[vehicle].work.instance.trip == trip {
            return vehicles.span[vehicle].work.instance
        }
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

    /// Metres along the line where the timetable has a vehicle's run at a moment.
    private func expectedDistance(of vehicle: Int, at moment: Timestamp) -> Double {
        let vehicles = vehicles.span
        let pattern = vehicles[vehicle].work.pattern
        let elapsed = moment - vehicles[vehicle].work.plannedDeparture
        let next = vehicles[vehicle].work.reference.partitioningIndex { $0 > elapsed }
        guard next > 0, next < vehicles[vehicle].work.reference.count else {
            return elapsed <= 0
                ? patterns[pattern].distances[0]
                : patterns[pattern].distances[patterns[pattern].lastPosition]
        }
        let before = vehicles[vehicle].work.reference[next - 1]
        let share = (elapsed - before) / (vehicles[vehicle].work.reference[next] - before)
        let start = patterns[pattern].distances[next - 1]
        return start + share * (patterns[pattern].distances[next] - start)
    }
}
