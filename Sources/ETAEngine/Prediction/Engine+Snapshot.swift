import Geometry
public import TransitModel

extension Engine {
    /// Seconds ahead within which runs that have not begun are foretold.
    private static let outlook = 2700.0
    /// Seconds before departure from which timetabled trips without a vehicle are shown.
    private static let scheduleOutlook = 1800.0
    /// Everything known at `now`, which must not be before the last ping was received.
    public mutating func snapshot(at now: Timestamp) -> Snapshot {
        forgetStrangers(at: now)
        let predictor = Predictor(network: network, links: links, now: now)
        var statuses: [VehicleStatus] = []
        var foretold: [TripInstance: TripPrediction] = [:]
        var following: [TripPrediction] = []
        for vehicle in vehicles.indices
        where vehicles.span[vehicle].silence(at: now) < Self.forgotten {
            guard let status = status(of: vehicle, at: now) else { continue }
            statuses.append(status)
            guard let trip = prediction(for: vehicle, status.state, with: predictor) else {
                continue
            }
            let isHolder = holders[trip.instance] == vehicle
            if !trip.stops.isEmpty, isHolder || foretold[trip.instance] == nil {
                foretold[trip.instance] = trip
            }
            if let next = nextPrediction(for: vehicle, after: trip, with: predictor) {
                following.append(next)
            }
        }
        for next in following where foretold[next.instance] == nil {
            foretold[next.instance] = next
        }
        for trip in scheduled(at: now) where foretold[trip.instance] == nil {
            foretold[trip.instance] = trip
        }
        return Snapshot(
            network: network, madeAt: now, lastReceivedAt: lastReceivedAt,
            vehicles: statuses.sorted { NaturalOrder.precedes($0.vehicleID, $1.vehicleID) },
            trips: foretold.values.sorted { Self.precedes($0.instance, $1.instance) },
            suspectedDetours: suspectedDetours(at: now))
    }

    private static func precedes(_ left: TripInstance, _ right: TripInstance) -> Bool {
        (left.trip, left.serviceDate, left.startTime ?? ServiceTime(0))
            < (right.trip, right.serviceDate, right.startTime ?? ServiceTime(0))
    }

    // MARK: - Runs with a vehicle

    /// All that is foretold of the run that a vehicle is on, or waits for; nil when that is nothing.
    public func prediction(of vehicleID: String, at now: Timestamp) -> TripPrediction? {
        guard let vehicle = number(ofVehicle: vehicleID) else { return nil }
        let predictor = Predictor(network: network, links: links, now: now)
        return prediction(for: vehicle, state(of: vehicle, at: now), with: predictor)
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
            let departure = departure(of: run, vehicle, at: predictor.now)
            guard departure - predictor.now < Self.outlook else { return nil }
            trip.stops = stops(of: run, leavingAt: departure, deviation: 90, with: predictor)
        }
        return trip
    }

    /// Whether a vehicle is known well enough to foretell its run.
    private func isForetold(_ vehicle: Int, _ state: VehicleState) -> Bool {
        let isUnderWay = vehicles.span[vehicle].run?.progress != nil
        switch state {
        case .inService, .layover: return true
        // The source says which trip comes next, though the vehicle is not there yet.
        case .unassigned: return vehicles.span[vehicle].run?.isClaimed == true && !isUnderWay
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
            moment: progress.timestamp, deviation: 10)
    }

    /// When a waiting run will leave.
    private func departure(of run: Run, _ vehicle: Int, at now: Timestamp) -> Timestamp {
        let metres = firstStop(of: run.pattern).distance(to: vehicles.span[vehicle].point)
        // A vehicle still away from the stop has to come there first, at a modest 6 m/s.
        let arrival = now + (metres > 150 ? metres / 6 : 0)
        let overdue = max(0, now - run.plannedDeparture)
        return max(run.plannedDeparture, arrival + 15 + min(60, 0.1 * overdue))
    }

    private func stops(
        of run: Run, leavingAt departure: Timestamp, deviation: Double,
        with predictor: borrowing Predictor
    ) -> [StopPrediction] {
        let first = StopPrediction(
            position: 0, arrival: departure, departure: departure,
            uncertainty: Predictor.halfWidth(deviation))
        let start = Predictor.Start(
            position: 0, share: 0, moment: departure, deviation: deviation)
        return [first] + predictor.stops(of: run, from: start)
    }

    /// Stops passed before their time, which consumers must be told of until that time is over.
    private func passedEarly(
        _ run: Run, _ progress: Progress, at now: Timestamp
    ) -> [StopPrediction] {
        guard run.instance.startTime == nil, progress.nextStop > 0,
            network.scheduled(run.instance, at: progress.nextStop - 1).departure > now
        else { return [] }
        let pattern = patterns[run.pattern]
        let here = run.referenceTime(at: progress.distance, in: pattern)
        return (0..<min(progress.nextStop, pattern.stops.count)).compactMap { position in
            guard network.scheduled(run.instance, at: position).departure > now else { return nil }
            let moment = progress.timestamp - max(0, here - run.reference[position])
            return StopPrediction(
                position: position, arrival: moment, departure: moment, uncertainty: 0)
        }
    }

    // MARK: - Runs to come

    /// The run that a vehicle under way will start after this one, if that is soon.
    private mutating func nextPrediction(
        for vehicle: Int, after trip: TripPrediction, with predictor: borrowing Predictor
    ) -> TripPrediction? {
        guard let run = vehicles.span[vehicle].run, run.progress != nil else { return nil }
        let end = trip.stops.last
        let arrival = max(end?.arrival ?? predictor.now, predictor.now)
        guard arrival - predictor.now < Self.outlook,
            let next = nextRun(after: run, arriving: arrival),
            !holders.isHeld(next.instance, at: predictor.now, except: nil),
            next.plannedDeparture - predictor.now < Self.outlook
        else { return nil }
        let deviation = 120 + (end?.uncertainty ?? 0) / 1.28
        return TripPrediction(
            instance: next.instance, pattern: next.pattern, vehicleID: trip.vehicleID,
            source: end == nil ? .terminal : .nextTrip, fixTime: trip.fixTime,
            stops: stops(
                of: next, leavingAt: max(next.plannedDeparture, predictor.now + 15),
                deviation: deviation, with: predictor))
    }

    /// Timetabled trips that leave soon and have no vehicle yet.
    private mutating func scheduled(at now: Timestamp) -> [TripPrediction] {
        timetable.departures(in: now - 600...now + Self.scheduleOutlook)
            .filter { !holders.isHeld($0, at: now, except: nil) }
            .map { instance in
                let pattern = timetable.pattern(of: instance.trip)
                let origin = network.serviceDay.origin(of: instance.serviceDate)
                let stops = patterns[pattern].stops.indices.map { position in
                    let times = network.stopTime(of: instance.trip, at: position)
                    return StopPrediction(
                        position: position, arrival: origin + Double(times.arrival.seconds),
                        departure: origin + Double(times.departure.seconds), uncertainty: 300)
                }
                return TripPrediction(
                    instance: instance, pattern: pattern, vehicleID: nil, source: .schedule,
                    fixTime: nil, stops: stops.filter { $0.arrival > now })
            }
            .filter { !$0.stops.isEmpty }
    }
}

/// Orders ids as people do: 2 before 10.
enum NaturalOrder {
    static func precedes(_ left: String, _ right: String) -> Bool {
        (Int(left) ?? .max, left) < (Int(right) ?? .max, right)
    }
}
