public import TransitModel

extension Engine {
    /// Seconds before departure from which timetabled trips without a vehicle are shown.
    private static let scheduleOutlook = 1800.0

    /// Everything known at `now`, which must not be before the last ping was received.
    ///
    /// What is foretold of a vehicle that was not heard of since the last snapshot stands for up to a
    /// minute: no news, no change, but that times which pass are put off.
    public mutating func snapshot(at now: Timestamp) -> Snapshot {
        forgetStrangers(at: now)
        bulletins.arrange(vehicles)
        turnDay(at: now)
        calibration.refresh(at: now)
        let predictor = predictor(at: now)
        var statuses: [VehicleStatus] = []
        var runs = ForetoldRuns()
        var following: [TripPrediction] = []
        for vehicle in bulletins.order
        where vehicles.span[vehicle].silence(at: now) < Self.forgotten {
            guard let status = refreshedStatus(of: vehicle, at: now) else { continue }
            statuses.append(status)
            guard let trip = forecast(for: vehicle, status.state, with: predictor) else {
                continue
            }
            if !trip.stops.isEmpty {
                runs.add(trip, replacing: holders[trip.instance] == vehicle)
            }
            if let next = nextForecast(for: vehicle, after: trip, with: predictor) {
                following.append(next)
            }
        }
        for next in following { runs.add(next) }
        for trip in scheduled(with: predictor) { runs.add(trip) }
        let trips = runs.inOrder
        grader.note(trips, at: now)
        return Snapshot(
            network: network, madeAt: now, lastReceivedAt: lastReceivedAt, vehicles: statuses,
            trips: trips, suspectedDetours: suspectedDetours(at: now))
    }

    /// The status of a vehicle; where it is not the one that was last told, what was foretold is over
    /// too.
    private mutating func refreshedStatus(of vehicle: Int, at now: Timestamp) -> VehicleStatus? {
        guard let fixTime = vehicles.span[vehicle].last?.timestamp else { return nil }
        let state = state(of: vehicle, at: now)
        let instance =
            vehicles.span[vehicle].hasRun ? vehicles.span[vehicle].work.instance : nil
        if let kept = bulletins.latest[vehicle], kept.status.fixTime == fixTime,
            kept.status.state == state, kept.instance == instance
        {
            return kept.status
        }
        let status = status(of: vehicle, in: state)
        bulletins.latest[vehicle] = status.map { Bulletin(status: $0, instance: instance) }
        return status
    }

    /// Timetabled trips that leave soon and have no vehicle yet.
    private mutating func scheduled(with predictor: borrowing Predictor) -> [TripPrediction] {
        let now = predictor.now
        let known = bulletins.scheduled
        var trips: [TripPrediction] = []
        for instance in timetable.departures(in: now - 600...now + Self.scheduleOutlook)
        where !holders.isHeld(instance, at: now, except: nil) {
            if let trip = known[instance], let next = trip.stops.first, next.arrival > now {
                trips.append(trip)
            } else {
                trips.append(timetabled(instance, with: predictor))
            }
        }
        bulletins.scheduled = Dictionary(
            trips.map { ($0.instance, $0) }, uniquingKeysWith: { first, _ in first })
        return trips.filter { !$0.stops.isEmpty }
    }

    /// What is foretold of a run that no vehicle is known for.
    private mutating func timetabled(
        _ instance: TripInstance, with predictor: borrowing Predictor
    ) -> TripPrediction {
        let now = predictor.now
        let run = run(instance, leavingAt: network.scheduled(instance, at: 0).departure)
        let departure = departure(
            on: run, after: plan(for: run, ready: Timestamp(-.infinity)), at: now)
        return TripPrediction(
            instance: instance, pattern: run.pattern, vehicleID: nil, source: .schedule,
            fixTime: nil,
            stops: stops(
                of: run, leavingAt: departure, deviation: 240, .schedule, with: predictor))
    }
}

/// What is foretold of runs, at most once of each.
private struct ForetoldRuns {
    private var trips: [TripPrediction] = []
    private var places: [TripInstance: Int] = [:]

    /// Adds a run that is not there yet; one that is gives way only when told to.
    mutating func add(_ trip: TripPrediction, replacing isBetter: Bool = false) {
        if let place = places[trip.instance] {
            if isBetter { trips[place] = trip }
        } else {
            places[trip.instance] = trips.count
            trips.append(trip)
        }
    }

    /// By trip, date and start.
    var inOrder: [TripPrediction] {
        let order = places.sorted { Self.precedes($0.key, $1.key) }
        return order.map { trips[$0.value] }
    }

    private static func precedes(_ one: TripInstance, _ other: TripInstance) -> Bool {
        (one.trip, one.serviceDate, one.startTime ?? ServiceTime(0))
            < (other.trip, other.serviceDate, other.startTime ?? ServiceTime(0))
    }
}
