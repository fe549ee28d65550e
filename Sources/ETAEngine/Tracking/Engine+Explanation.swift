import Geometry
public import TransitModel

extension Engine {
    /// Why the engine thinks what it thinks of a vehicle; nil for one never heard from.
    public func explanation(of vehicleID: String, at now: Timestamp) -> VehicleExplanation? {
        guard let number = number(ofVehicle: vehicleID) else { return nil }
        let vehicle = vehicles[number]
        guard let status = status(of: number, at: now) ?? neverBelieved(vehicle) else { return nil }
        let matcher = vehicle.matcher
        let hypotheses = zip(matcher.hypotheses.indices, matcher.probabilities).map {
            index, probability in
            let own = matcher.hypotheses[index]
            return VehicleExplanation.Hypothesis(
                pattern: vehicle.run?.line == own.line
                    ? vehicle.run?.pattern ?? lines[own.line].patterns[0]
                    : lines[own.line].patterns[0],
                distanceAlong: own.distance, offset: own.place.offset,
                probability: probability)
        }
        return VehicleExplanation(
            status: status, hypotheses: hypotheses, fixes: vehicle.fixes.newestFirst,
            reasons: reasons(vehicle, status, at: now))
    }

    private func reasons(
        _ vehicle: VehicleTrack, _ status: VehicleStatus, at now: Timestamp
    ) -> [String] {
        guard vehicle.last != nil else {
            return ["None of its fixes is believed yet."] + doubts(of: vehicle)
        }
        var reasons = [stateReason(vehicle, status, at: now)]
        if let run = vehicle.run { reasons.append(runReason(run)) }
        reasons.append(contentsOf: matchReasons(vehicle))
        reasons.append(contentsOf: doubts(of: vehicle))
        if vehicle.reassignments > 0 {
            reasons.append("It was moved to another run \(vehicle.reassignments) times under way.")
        }
        return reasons
    }

    /// A vehicle of which nothing is known but that what it sends cannot be true.
    private func neverBelieved(_ vehicle: VehicleTrack) -> VehicleStatus? {
        vehicle.fixes.newestFirst.first.map {
            VehicleStatus(
                vehicleID: vehicle.vehicleID, coordinate: $0.coordinate, fixTime: $0.timestamp,
                state: .silent)
        }
    }

    /// What is wrong with the last fixes, the most frequent first, and what to do about it.
    private func doubts(of vehicle: VehicleTrack) -> [String] {
        let outcomes = vehicle.fixes.newestFirst.map(\.outcome)
        let rejections = Dictionary(
            outcomes.compactMap(\.rejection).map { ($0, 1) }, uniquingKeysWith: +)
        let doubts = Dictionary(outcomes.compactMap(\.doubt).map { ($0, 1) }, uniquingKeysWith: +)
        let faults =
            rejections.map { ($0.value, $0.key.sentence) }
            + doubts.map { ($0.value, $0.key.sentence) }
        return faults.sorted { ($1.0, $0.1) < ($0.0, $1.1) }
            .map { "\($0) of the last \(outcomes.count) fixes \($1)." }
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
            let seconds = Int(status.fixTime - (vehicle.offRoute.since ?? status.fixTime))
            let lines = vehicle.run == nil ? "every line" : "its line"
            return "Off route: it has been away from \(lines) for \(seconds) s."
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
                + ", \(Int(best.distance)) m along, "
                + "\(Int(best.place.offset)) m off, moved \(Int(best.travelled)) m forward on it."
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

extension PingRejection {
    /// What is wrong with fixes, and what to do about it where something can be done.
    fileprivate var sentence: String {
        switch self {
        case .duplicate: "came twice"
        case .late: "came after newer ones"
        case .future: "were taken in the future: set the tracker's clock"
        case .stale: "came more than \(Int(ClockCheck.staleAfter / 60)) minutes late"
        case .wrongZone:
            "are off by whole half hours: set the time zone of the tracker or its source"
        case .beforeGPSRestart:
            "were taken before the weeks of GPS began anew: update or replace the receiver"
        case .nowhere: "had no usable coordinate: the receiver has no fix"
        case .outside: "were far outside the network"
        case .frozen: "repeated one place while the tracker said that it drives: restart it"
        case .jump: "were farther away than any bus can have come"
        case .conflict: "came from a second tracker under the same name: give each vehicle its own"
        }
    }
}

extension PingDoubt {
    /// What is odd about fixes that are believed, and what to do about it.
    fileprivate var sentence: String {
        switch self {
        case .swapped:
            "had latitude and longitude exchanged and were set right: mend the tracker or its source"
        case .frozen:
            "repeated one place for \(Int(FrozenReceiver.doubtedAfter / 60)) minutes or more on a run"
        }
    }
}
