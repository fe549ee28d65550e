import TransitModel

/// Remembers what was foretold, to hold it against what happened.
struct Grader: Sendable {
    /// Minutes before an arrival in which answers count.
    static let minutes = 30
    /// Seconds between the fixes around an arrival beyond which it is too vague to judge by.
    private static let longestBracket = 150.0
    /// Seconds after which what was foretold of a run is forgotten, if nothing came of it.
    private static let longestKept = 7200.0

    private struct Note: Sendable {
        var position: Int32
        var madeAt: Timestamp
        var lead: Float
        var uncertainty: Float
        var fixAge: Float
        var shift: Float
        var spread: Float
        var source: PredictionSource

        var answer: GradedCall.Answer {
            var answer = GradedCall.Answer(
                madeAt: madeAt, predicted: madeAt + Double(lead),
                uncertainty: Double(uncertainty), source: source,
                fixAge: fixAge < 0 ? nil : Double(fixAge))
            answer.shift = shift
            answer.spread = spread
            return answer
        }
    }

    private struct Notes: Sendable {
        var latest = Timestamp(0)
        var notes: [Note] = []
    }

    private var runs: [TripInstance: Notes] = [:]
    private var since: Timestamp?
    private var minute: Int64?

    /// Notes what is foretold, once in each whole minute.
    mutating func note(_ trips: [TripPrediction], at now: Timestamp) {
        let current = now.unix / 60
        guard current != minute else { return }
        minute = current
        since = since ?? now
        for trip in trips { note(trip, at: now) }
        if current % 10 == 0 { runs = runs.filter { now - $0.value.latest < Self.longestKept } }
    }

    private mutating func note(_ trip: TripPrediction, at now: Timestamp) {
        var notes = runs.removeValue(forKey: trip.instance) ?? Notes()
        notes.latest = now
        let age = trip.fixTime.map { Float(now - $0) } ?? -1
        for stop in trip.stops {
            let lead = stop.arrival - now
            guard lead <= Double(Self.minutes + 30) * 60 else { break }
            notes.notes.append(
                Note(
                    position: Int32(stop.position), madeAt: now, lead: Float(lead),
                    uncertainty: Float(stop.uncertainty), fixAge: age,
                    shift: stop.shift, spread: stop.spread, source: trip.source))
        }
        runs[trip.instance] = notes
    }

    /// The grade of a call that was seen; nil for one that is too vague.
    mutating func grade(_ event: StopEvent, on pattern: PatternIndex) -> GradedCall? {
        guard let since, let moment = event.position == 0 ? event.departure : event.arrival,
            event.bracket <= Self.longestBracket, moment > since
        else { return nil }
        let earliest = max(since, moment - Double(Self.minutes) * 60)
        let answers = take(event.instance, event.position, in: earliest...moment)
        let asked = moment.unix / 60 - (earliest.unix + 59) / 60 + 1
        return GradedCall(
            vehicleID: event.vehicleID, instance: event.instance, pattern: pattern,
            position: event.position, arrival: moment,
            minutesAsked: max(answers.count, min(Self.minutes, Int(asked))), answers: answers)
    }

    private mutating func take(
        _ instance: TripInstance, _ position: Int, in span: ClosedRange<Timestamp>
    ) -> [GradedCall.Answer] {
        guard var notes = runs.removeValue(forKey: instance) else { return [] }
        let answers = notes.notes.filter { $0.position == position && span.contains($0.madeAt) }
        notes.notes.removeAll { $0.position == position }
        runs[instance] = notes
        return answers.map(\.answer)
    }
}
