import Geometry
public import TransitModel

extension Engine {
    /// Seconds ahead within which runs that have not begun are foretold.
    private static let outlook = 2700.0

    func predictor(at now: Timestamp) -> Predictor {
        Predictor(times: times, patterns: patterns, calibration: calibration, now: now)
    }

    // MARK: - Runs with a vehicle

    /// All that is foretold of the run that a vehicle is on, or waits for; nil when that is nothing.
    public func prediction(of vehicleID: String, at now: Timestamp) -> TripPrediction? {
        guard let vehicle = number(ofVehicle: vehicleID) else { return nil }
        let predictor = predictor(at: now)
        return prediction(for: vehicle, state(of: vehicle, at: now), with: predictor)
    }

    /// What is foretold of a vehicle's run; what the last snapshot said, where that still stands.
    mutating func forecast(
        for vehicle: Int, _ state: VehicleState, with predictor: borrowing Predictor
    ) -> TripPrediction? {
        if let kept = bulletins.latest[vehicle]?.trip, stands(kept, for: vehicle, at: predictor.now)
        {
            return kept.told(at: predictor.now)
        }
        let trip = prediction(for: vehicle, state, with: predictor)
        let departure = departure(of: vehicle, at: predictor.now)
        let kept = trip.map { lasting($0, departing: departure, from: predictor.now) }
        bulletins.latest[vehicle]?.trip = kept
        bulletins.latest[vehicle]?.next = nil
        return trip
    }

    private func stands(_ kept: Forecast, for vehicle: Int, at now: Timestamp) -> Bool {
        guard kept.stands(at: now) else { return false }
        // A bus that is overdue is foretold to leave later with every moment that it stands.
        return kept.trip.source == .live || kept.assumes(departure(of: vehicle, at: now))
    }

    /// A prediction that stands until the time of a stop passed early has come.
    private func lasting(
        _ trip: TripPrediction, departing departure: Timestamp, from now: Timestamp
    ) -> Forecast {
        Forecast(
            trip, at: now, departing: departure,
            until: trip.passedEarly.first.map {
                network.scheduled(trip.instance, at: $0.position).departure
            })
    }

    private func prediction(
        for vehicle: Int, _ state: VehicleState, with predictor: borrowing Predictor
    ) -> TripPrediction? {
        guard isForetold(vehicle, state), let run = vehicles.span[vehicle].run,
            let fixTime = vehicles.span[vehicle].last?.timestamp
        else { return nil }
        var trip = TripPrediction(
            instance: run.instance, pattern: run.pattern,
            vehicleID: vehicles.span[vehicle].vehicleID,
            source: run.progress == nil ? .terminal : .live, fixTime: fixTime, stops: [])
        if let progress = run.progress {
            trip.delay = delay(of: run)
            trip.distanceAlong = progress.distance
            trip.stops = predictor.stops(of: run, from: start(of: run, progress))
            trip.passedEarly = passedEarly(run, progress, at: predictor.now)
        } else {
            let departure = departure(of: vehicle, at: predictor.now)
            guard departure - predictor.now < Self.outlook else { return nil }
            trip.stops = stops(
                of: run, leavingAt: departure, deviation: 90, .terminal, with: predictor)
        }
        return trip
    }

    /// Whether a vehicle is known well enough to foretell its run.
    private func isForetold(_ vehicle: Int, _ state: VehicleState) -> Bool {
        let isUnderWay = vehicles.span[vehicle].work.isUnderWay
        switch state {
        case .inService, .layover: return true
        // The source says which trip comes next, though the vehicle is not there yet.
        case .unassigned: return vehicles.span[vehicle].work.isClaimed && !isUnderWay
        case .offRoute: return isUnderWay && !vehicles.span[vehicle].offRoute.isLongOff
        case .deadheading, .parked, .silent: return false
        }
    }

    /// Where a run under way starts to be foretold.
    private func start(of run: Run, _ progress: Progress) -> Predictor.Start {
        let pattern = patterns[run.pattern]
        let position = max(0, progress.nextStop - 1)
        guard position < pattern.lastPosition else {
            return Predictor.Start(
                position: position, share: 0, moment: progress.timestamp, deviation: 0)
        }
        let behind = progress.distance - pattern.distances[position]
        let length = pattern.distances[position + 1] - pattern.distances[position]
        return Predictor.Start(
            position: position, share: length > 0 ? min(0.99, max(0, behind / length)) : 0,
            isStanding: progress.standing != nil, moment: progress.timestamp, deviation: 10)
    }

    func stops(
        of run: Run, leavingAt departure: Timestamp, deviation: Double, _ source: PredictionSource,
        with predictor: borrowing Predictor
    ) -> [StopPrediction] {
        let first = predictor.told(
            0, departure, source, spread: Predictor.halfWidth(deviation))
        let start = Predictor.Start(
            position: 0, share: 0, moment: departure, deviation: deviation, source: source)
        return [first] + predictor.stops(of: run, from: start)
    }

    /// Stops passed before their time, which consumers must be told of until that time is over.
    private func passedEarly(
        _ run: Run, _ progress: Progress, at now: Timestamp
    ) -> [StopPrediction] {
        guard run.instance.startTime == nil else { return [] }
        let origin = network.serviceDay.origin(of: run.instance.serviceDate)
        func isAhead(_ position: Int) -> Bool {
            let time = network.stopTime(of: run.instance.trip, at: position).departure
            return origin + Double(time.seconds) > now
        }
        let pattern = patterns[run.pattern]
        let passed = 0..<min(progress.nextStop, pattern.stops.count)
        guard let last = passed.last, isAhead(last) else { return [] }
        let here = run.referenceTime(at: progress.distance, in: pattern)
        return passed.filter(isAhead).map { position in
            let moment = progress.timestamp - max(0, here - run.reference[position])
            return StopPrediction(
                position: position, arrival: moment, departure: moment, uncertainty: 0)
        }
    }

    // MARK: - Runs to come

    /// The run that a vehicle under way will start after this one, if that is soon.
    mutating func nextForecast(
        for vehicle: Int, after trip: TripPrediction, with predictor: borrowing Predictor
    ) -> TripPrediction? {
        let now = predictor.now
        guard let next = nextRun(of: vehicle, after: trip, at: now) else { return nil }
        let arrival = max(trip.stops.last?.arrival ?? now, now)
        let departure = departure(on: next, after: plan(for: next, ready: arrival), at: now)
        if let kept = bulletins.latest[vehicle]?.next, kept.stands(at: now),
            kept.trip.instance == next.instance, kept.assumes(departure)
        {
            return kept.trip
        }
        let end = trip.stops.last
        let made = TripPrediction(
            instance: next.instance, pattern: next.pattern, vehicleID: trip.vehicleID,
            source: end == nil ? .terminal : .nextTrip, fixTime: trip.fixTime,
            stops: stops(
                of: next, leavingAt: departure,
                deviation: 120 + (end?.uncertainty ?? 0) / 1.28,
                end == nil ? .terminal : .nextTrip, with: predictor))
        bulletins.latest[vehicle]?.next = Forecast(made, at: now, departing: departure)
        return made
    }

    private mutating func nextRun(
        of vehicle: Int, after trip: TripPrediction, at now: Timestamp
    ) -> Run? {
        let arrival = max(trip.stops.last?.arrival ?? now, now)
        guard vehicles.span[vehicle].work.isUnderWay, arrival - now < Self.outlook,
            let next = nextRun(after: vehicles.span[vehicle].work, arriving: arrival),
            !holders.isHeld(next.instance, at: now, except: nil),
            next.plannedDeparture - now < Self.outlook
        else { return nil }
        return next
    }
}
