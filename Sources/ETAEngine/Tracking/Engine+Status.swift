import Geometry
public import TransitModel

extension Engine {
    /// Seconds at rest after which a vehicle counts as out of service.
    private static let parkedAfter = 1500.0
    /// Metres from a stop within which a slow vehicle stands at it.
    private static let stopRadius = 40.0
    /// Metres ahead of a stop within which a vehicle is arriving.
    private static let incomingRadius = 120.0

    /// Metres around a run's progress within which a fix beside the line is measured.
    private static let measuredReach = 500.0
    /// Share of waiting vehicles that work the run which is thought to be next, as replays show it.
    private static let nextRunConfidence = 0.9
    /// Metres from the first stop within which a vehicle waits there.
    private static let waitingRadius = 300.0

    /// What a rider would see of a vehicle at a moment, as a snapshot has it; nil before its first
    /// believed fix.
    public func status(of vehicleID: String, at now: Timestamp) -> VehicleStatus? {
        number(ofVehicle: vehicleID).flatMap { status(of: $0, at: now) }
    }

    /// What a vehicle is doing at a moment; nil before its first believed fix.
    func status(of vehicle: Int, at now: Timestamp) -> VehicleStatus? {
        status(of: vehicle, in: state(of: vehicle, at: now))
    }

    /// What a rider would see of a vehicle in a state; nil before its first believed fix.
    func status(of vehicle: Int, in state: VehicleState) -> VehicleStatus? {
        guard let last = vehicles.span[vehicle].last else { return nil }
        var status = VehicleStatus(
            vehicleID: vehicles.span[vehicle].vehicleID, coordinate: last.coordinate,
            fixTime: last.timestamp, state: state)
        status.speed = last.speed
        status.bearing = last.bearing
        status.occupancy = last.occupancy
        status.claimedRoute = vehicles.span[vehicle].claim.route
        status.confidence = confidence(in: vehicle)
        if state == .inService || state == .layover, let run = vehicles.span[vehicle].run {
            place(vehicle, on: run, in: &status)
        }
        return status
    }

    /// How sure it is that the run's route and direction are right, or the likeliest line's.
    private func confidence(in vehicle: Int) -> Double {
        if vehicles.span[vehicle].work.isClaimed { return 1 }
        if vehicles.span[vehicle].hasRun, !vehicles.span[vehicle].work.isUnderWay {
            return Self.nextRunConfidence
        }
        let own = vehicles.span[vehicle].ownHypothesis
        guard let own = own ?? vehicles.span[vehicle].matcher.best else { return 0 }
        return confidence(in: own, of: vehicle)
    }

    /// How sure it is that a reading of a vehicle is right in route and direction.
    func confidence(in reading: Hypothesis, of vehicle: Int) -> Double {
        vehicles.span[vehicle].matcher.confidence(
            in: reading, under: vehicles.span[vehicle].claim, of: lines)
    }

    /// What a vehicle is doing at a moment.
    func state(of vehicle: Int, at now: Timestamp) -> VehicleState {
        guard let last = vehicles.span[vehicle].last?.timestamp,
            now - last <= vehicles.span[vehicle].patience
        else { return .silent }
        let isUnderWay = vehicles.span[vehicle].work.isUnderWay
        let isOff = vehicles.span[vehicle].offRoute.isOff
        if isOff, isUnderWay { return .offRoute }
        let isAtRest = last - vehicles.span[vehicle].restingSince > Self.parkedAfter
        guard vehicles.span[vehicle].hasRun else {
            return isAtRest ? .parked : isOff ? .deadheading : .unassigned
        }
        if isUnderWay { return isAtRest ? .parked : .inService }
        let planned = vehicles.span[vehicle].work.plannedDeparture
        if isAtRest, abs(planned - now) > 1200 { return .parked }
        let start = firstStop(of: vehicles.span[vehicle].work.pattern)
        return start.distance(to: vehicles.span[vehicle].point) < Self.waitingRadius
            ? .layover : .unassigned
    }

    /// Where a pattern's first stop lies on its line.
    func firstStop(of pattern: PatternIndex) -> PlanePoint {
        patterns[pattern].line.point(at: patterns[pattern].distances[0])
    }

    private func place(_ vehicle: Int, on run: Run, in status: inout VehicleStatus) {
        let pattern = patterns[run.pattern]
        status.instance = run.instance
        status.pattern = run.pattern
        // Measured afresh: after a fix beside the line the hypothesis still holds the place before.
        let here = run.progress?.distance ?? pattern.distances[0]
        let low = max(0, here - Self.measuredReach)
        status.offset =
            pattern.line.locate(
                vehicles.span[vehicle].point, within: low...max(low, here + Self.measuredReach)
            ).offset
        guard let progress = run.progress else {
            status.nextStop = 0
            status.distanceAlong = pattern.distances[0]
            status.stopStatus = .stoppedAt
            return
        }
        status.distanceAlong = progress.distance
        if let standing = progress.standing {
            status.nextStop = standing.position
            status.stopStatus = .stoppedAt
        } else {
            let next = min(progress.nextStop, pattern.lastPosition)
            let ahead = pattern.distances[next] - progress.distance
            status.nextStop = next
            status.stopStatus = ahead < Self.incomingRadius ? .incomingAt : .inTransitTo
        }
        status.delay = delay(of: run)
    }

    /// Seconds late (+) or early (-) at the last fix; nil without a timetable, and before the run.
    func delay(of run: Run) -> Double? {
        guard run.instance.startTime == nil, let progress = run.progress else { return nil }
        let scheduled = network.scheduled(run.instance, at: 0).departure
        let elapsed = run.referenceTime(at: progress.distance, in: patterns[run.pattern])
        return progress.timestamp - (scheduled + elapsed)
    }
}
