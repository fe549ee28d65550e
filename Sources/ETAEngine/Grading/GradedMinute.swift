import TransitModel

/// One minute before a call in which a rider could have asked when the bus comes.
struct GradedMinute: Sendable {
    /// When the rider asked.
    var askedAt: Timestamp
    /// What was told; nil for nothing.
    var answer: GradedCall.Answer?
    /// When the bus came.
    var arrival: Timestamp

    /// Seconds by which the bus came later than foretold; nil for silence.
    var error: Double? { answer.map { arrival - $0.predicted } }

    /// How far ahead it looked: by what was foretold, for silence by what happened.
    var horizon: Horizon { Horizon(lead: (answer?.predicted ?? arrival) - askedAt) }

    /// Whether the rider was told well enough.
    var isAccurate: Bool { error.map(horizon.accepts) ?? false }

    /// Where the bus was in its run, as far as the answer shows, else by when it left.
    func phase(leaving departure: Timestamp) -> RunPhase {
        if let answer { return answer.source == .live ? .underWay : .beforeDeparture }
        return askedAt < departure ? .beforeDeparture : .underWay
    }
}

extension GradedCall {
    /// The minutes in which a rider could have asked, the latest first.
    var minutes: [GradedMinute] {
        var told: [Int64: Answer] = [:]
        for answer in answers { told[answer.minute] = answer }
        var minutes = told.values.map {
            GradedMinute(askedAt: $0.madeAt, answer: $0, arrival: arrival)
        }
        var minute = Int64((arrival.seconds / 60).rounded(.down))
        while minutes.count < minutesAsked {
            if told[minute] == nil {
                minutes.append(
                    GradedMinute(askedAt: Timestamp(unix: minute * 60), arrival: arrival))
            }
            minute -= 1
        }
        return minutes.sorted { $0.askedAt > $1.askedAt }
    }
}

extension GradedCall.Answer {
    fileprivate var minute: Int64 { Int64((madeAt.seconds / 60).rounded(.down)) }
}

/// When a run left its first stop, and what had been foretold of that.
struct RunDeparture: Sendable {
    /// When it left.
    var moment: Timestamp
    /// What had been told, oldest first.
    var answers: [GradedCall.Answer]

    /// Seconds by which it left later than had been foretold at a moment; nil when nothing had.
    func error(at now: Timestamp) -> Double? {
        // Answers of one snapshot have one time.
        answers.last { $0.madeAt <= now }.map { moment - $0.predicted }
    }
}

extension GradedMinute {
    /// Seconds without a fix after which that is the reason for an error.
    static let longestSilence = 90.0

    /// Why the rider was not told well, given when the run left as far as that was seen.
    func cause(at position: Int, leaving departure: RunDeparture?) -> MissCause {
        guard let answer, let error else { return .silence }
        if answer.source != .live, position == 0 || isOfDeparture(error, departure) {
            return .terminal
        }
        guard let age = answer.fixAge, age <= Self.longestSilence else { return .noFix }
        return error > 0 ? .congestion : .ranAhead
    }

    /// Whether at least half of an error was there when the bus left.
    private func isOfDeparture(_ error: Double, _ departure: RunDeparture?) -> Bool {
        guard let departure else { return true }
        guard askedAt < departure.moment else { return false }
        guard let earlier = departure.error(at: askedAt) else { return true }
        return earlier * error > 0 && abs(earlier) * 2 >= abs(error)
    }
}
