import Geometry
import TransitModel

extension Engine {
    /// Seconds at rest after which a vehicle counts as out of service.
    private static let parkedAfter = 1500.0
    /// Metres from a stop within which a slow vehicle stands at it.
    private static let stopRadius = 40.0
    /// Metres ahead of a stop within which a vehicle is arriving.
    private static let incomingRadius = 120.0

    /// What a vehicle is doing at a moment; nil before its first believed fix.
    func status(of vehicle: VehicleTrack, at now: Timestamp) -> VehicleStatus? {
        guard let last = vehicle.last else { return nil }
        var status = VehicleStatus(
            vehicleID: vehicle.vehicleID, coordinate: last.coordinate, fixTime: last.timestamp,
            state: state(of: vehicle, at: now))
        status.speed = last.speed
        status.bearing = last.bearing
        status.occupancy = last.occupancy
        status.claimedRoute = vehicle.claim.route
        status.confidence = confidence(in: vehicle)
        guard let run = vehicle.run, status.state == .inService || status.state == .layover else {
            return status
        }
        place(vehicle, on: run, in: &status)
        return status
    }

    /// How sure it is that the run's route and direction are right, or the likeliest line's.
    private func confidence(in vehicle: VehicleTrack) -> Double {
        if vehicle.run?.isClaimed == true { return 1 }
        let own = vehicle.run.flatMap { vehicle.matcher.hypothesis(onLine: $0.line) }
        guard let own = own ?? vehicle.matcher.best else { return 0 }
        return vehicle.matcher.confidence(in: own, of: lines)
    }

    private func state(of vehicle: VehicleTrack, at now: Timestamp) -> VehicleState {
        if vehicle.silence(at: now) > vehicle.patience { return .silent }
        if vehicle.offRoute.isOff, vehicle.run?.progress != nil || vehicle.run == nil {
            return .offRoute
        }
        let rest = (vehicle.last?.timestamp ?? now) - vehicle.restingSince
        guard let run = vehicle.run else {
            return rest > Self.parkedAfter ? .parked : .unassigned
        }
        guard run.progress == nil else {
            return rest > Self.parkedAfter ? .parked : .inService
        }
        if rest > Self.parkedAfter, abs(run.plannedDeparture - now) > 1200 { return .parked }
        let pattern = network.patterns[run.pattern]
        let start = pattern.line.point(at: pattern.distances[0])
        return start.distance(to: vehicle.point) < 300 ? .layover : .unassigned
    }

    private func place(_ vehicle: VehicleTrack, on run: Run, in status: inout VehicleStatus) {
        let pattern = network.patterns[run.pattern]
        status.instance = run.instance
        status.pattern = run.pattern
        // Measured afresh: after a fix beside the line the hypothesis still holds the place before.
        status.offset = pattern.line.locate(vehicle.point).offset
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
        if run.instance.startTime == nil {
            let scheduled = network.scheduled(run.instance, at: 0).departure
            let elapsed = run.referenceTime(at: progress.distance, in: pattern)
            status.delay = progress.timestamp - (scheduled + elapsed)
        }
    }
}
