import Geometry
public import TransitModel

extension Engine {
    /// Why the engine thinks what it thinks of a vehicle; nil for one never heard from.
    public func explanation(of vehicleID: String, at now: Timestamp) -> VehicleExplanation? {
        guard let number = number(ofVehicle: vehicleID) else { return nil }
        let vehicle = vehicles[number]
        guard let status = status(of: number, at: now) ?? neverBelieved(vehicle) else { return nil }
        let hypotheses = hypotheses(of: number, at: now)
        return VehicleExplanation(
            status: status, hypotheses: hypotheses, fixes: vehicle.fixes.newestFirst,
            reasons: reasons(vehicle, status, at: now) + rivalReasons(hypotheses, status)
                + roadReasons(number, at: now))
    }

    private func hypotheses(of number: Int, at now: Timestamp) -> [VehicleExplanation.Hypothesis] {
        let vehicle = vehicles[number]
        return zip(vehicle.matcher.hypotheses.indices, vehicle.matcher.probabilities).map {
            index, probability in
            let own = vehicle.matcher.hypotheses[index]
            var hypothesis = VehicleExplanation.Hypothesis(
                pattern: lines[own.line].patterns[0], distanceAlong: own.distance,
                offset: own.place.offset, probability: probability)
            if let run = vehicle.run, run.line == own.line {
                hypothesis.pattern = run.pattern
                hypothesis.instance = run.instance
                hypothesis.lateness = delay(of: run)
            } else if let fit = timetable.fit(
                onLine: own.line, at: own.distance, own.timestamp, holders, except: number)
            {
                hypothesis.pattern = timetable.pattern(of: fit.instance.trip)
                hypothesis.instance = fit.instance
                hypothesis.lateness = fit.instance.startTime == nil ? fit.lateness : nil
            }
            return hypothesis
        }
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
            reasons.append(
                "It left its run for another line or run \(vehicle.reassignments) times under way.")
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
        case .deadheading:
            return "Deadheading: it drives away from every line and is on no run."
        case .unassigned:
            return "Unassigned: it is not yet clear which run it is on, or whether it is on any."
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
        guard vehicle.run == nil else { return reasons }
        let sureness = vehicle.matcher.confidence(
            in: best, under: vehicle.claim, of: lines)
        if best.travelled < Self.assignmentTravel {
            reasons.append("A run is given after \(Int(Self.assignmentTravel)) m of progress.")
        } else if sureness < Self.assignmentConfidence {
            reasons.append(
                "Route and direction are \(percent(sureness)) sure; a run is given from "
                    + "\(percent(Self.assignmentConfidence)).")
        }
        return reasons
    }
}

extension Engine {
    /// Belief below which another reading is not worth a word.
    private static let negligible = 0.01
    /// Buses ahead that are named.
    private static let namedAhead = 2

    /// Why the likeliest reading is likelier than the next of another route or direction.
    private func rivalReasons(
        _ hypotheses: [VehicleExplanation.Hypothesis], _ status: VehicleStatus
    ) -> [String] {
        let own = hypotheses.first { $0.pattern == status.pattern } ?? hypotheses.first
        // What a waiting vehicle works next is not told from how it moved.
        guard let own, status.state != .layover else { return [] }
        let pattern = patterns[own.pattern]
        let rival = hypotheses.first {
            let other = patterns[$0.pattern]
            return other.route != pattern.route || other.direction != pattern.direction
        }
        guard let rival, rival.probability >= Self.negligible else {
            return ["No other route or direction fits how it moved."]
        }
        let belief = percent(rival.probability)
        return [
            "Next likely: \(name(of: rival.pattern)), \(belief); there it would be "
                + "\(place(of: rival)), here \(place(of: own))."
        ]
    }

    private func place(of hypothesis: VehicleExplanation.Hypothesis) -> String {
        let metres = "\(Int(hypothesis.offset)) m off the line"
        guard hypothesis.instance != nil else { return "\(metres) where no run is to be expected" }
        guard let lateness = hypothesis.lateness else { return metres }
        let minutes = Int((abs(lateness) / 60).rounded())
        return "\(metres) and \(minutes) min \(lateness < 0 ? "early" : "late")"
    }

    /// Who passed where the vehicle is before it.
    private func roadReasons(_ number: Int, at now: Timestamp) -> [String] {
        guard let run = vehicles[number].run, let progress = run.progress else { return [] }
        let ahead = busesAhead(of: number, onLine: run.line, at: progress.distance)
        guard !ahead.isEmpty else { return [] }
        let named = ahead.prefix(Self.namedAhead).map { vehicle, moment in
            "bus \(vehicles[vehicle].vehicleID) \(max(0, Int((now - moment) / 60))) min ago"
        }
        return ["Before it, here passed \(named.joined(separator: " and "))."]
    }

    private func name(of pattern: PatternIndex) -> String {
        let pattern = patterns[pattern]
        return "route \(network.routes[pattern.route].name)"
            + (pattern.direction.map { ", direction \($0)" } ?? "")
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
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
