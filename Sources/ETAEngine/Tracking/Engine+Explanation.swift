import Geometry
public import TransitModel

extension Engine {
    /// Why the engine thinks what it thinks of a vehicle; nil for one never heard from.
    public func explanation(of vehicleID: String, at now: Timestamp) -> VehicleExplanation? {
        guard let vehicle = vehicle(id: vehicleID), let status = status(of: vehicle, at: now) else {
            return nil
        }
        let matcher = vehicle.matcher
        let hypotheses = zip(matcher.hypotheses, matcher.probabilities).map { own, probability in
            VehicleExplanation.Hypothesis(
                pattern: vehicle.run?.line == own.line
                    ? vehicle.run?.pattern ?? lines[own.line].patterns[0]
                    : lines[own.line].patterns[0],
                distanceAlong: own.location.distanceAlong, offset: own.location.offset,
                probability: probability)
        }
        return VehicleExplanation(
            status: status, hypotheses: hypotheses, fixes: vehicle.fixes.reversed(),
            reasons: reasons(vehicle, status, at: now))
    }

    private func reasons(
        _ vehicle: VehicleTrack, _ status: VehicleStatus, at now: Timestamp
    ) -> [String] {
        var reasons = [stateReason(vehicle, status, at: now)]
        if let run = vehicle.run { reasons.append(runReason(run)) }
        reasons.append(contentsOf: matchReasons(vehicle))
        let doubted = vehicle.fixes.filter { $0.outcome != .accepted }.count
        if doubted > 0 {
            reasons.append("\(doubted) of the last \(vehicle.fixes.count) fixes were not believed.")
        }
        if vehicle.reassignments > 0 {
            reasons.append("It was moved to another run \(vehicle.reassignments) times under way.")
        }
        return reasons
    }

    private func stateReason(
        _ vehicle: VehicleTrack, _ status: VehicleStatus, at now: Timestamp
    ) -> String {
        let age = Int(vehicle.silence(at: now).rounded())
        let rest = Int(max(0, status.fixTime - vehicle.restingSince) / 60)
        switch status.state {
        case .inService: return "In service: it moves along a line as a bus on a run does."
        case .layover: return "In layover: it stands at the first stop of its next run."
        case .offRoute:
            let seconds = Int(status.fixTime - (vehicle.offRouteSince ?? status.fixTime))
            return "Off route: no line it may serve was within "
                + "\(Int(TripMatcher.reach)) m for \(seconds) s."
        case .unassigned:
            return "Unassigned: it has not yet moved far enough along one line to tell its run."
        case .parked: return "Parked: it has not moved for \(rest) minutes."
        case .silent:
            return "Silent: the last believed fix is \(age) s old, "
                + "more than \(Int(vehicle.patience)) s."
        }
    }

    private func runReason(_ run: Run) -> String {
        let trip = network.trips[run.instance.trip].id
        let origin = run.isClaimed ? "The source names trip" : "Movement and timetable give trip"
        let start = run.instance.startTime.map { ", started \($0.text)" } ?? ""
        let waiting = run.progress == nil ? ", which it has not begun" : ""
        return "\(origin) \(trip)\(start)\(waiting)."
    }

    private func matchReasons(_ vehicle: VehicleTrack) -> [String] {
        guard let best = vehicle.matcher.best else { return ["No line is near its fixes."] }
        let line = lines[best.line]
        let route = network.routes[line.route].name
        var reasons = [
            "Best line: route \(route)"
                + (line.direction.map { ", direction \($0)" } ?? "")
                + ", \(Int(best.location.distanceAlong)) m along, "
                + "\(Int(best.location.offset)) m off, moved \(Int(best.travelled)) m forward on it."
        ]
        if let claimed = vehicle.claim.route, claimed != line.route {
            let claimedName = network.routes[claimed].name
            reasons.append("The source says route \(claimedName), but movement fits \(route).")
        }
        if vehicle.run == nil, best.travelled < Self.assignmentTravel {
            reasons.append("A run is given after \(Int(Self.assignmentTravel)) m of progress.")
        }
        return reasons
    }
}
