import ETAEngine
import TransitModel

/// What was shown of one vehicle while it truly ran one trip.
///
/// A run ends where the truth names another trip or route, or names none of either for half an hour.
struct TrueRun: Sendable {
    /// Seconds between fixes in service after which the same trip is another run.
    static let longestGap = 1800.0

    var samples: [TrackingSample]

    /// The runs of one vehicle, whose samples come in the order of their fixes.
    static func runs(of samples: [TrackingSample]) -> [TrueRun] {
        var runs: [TrueRun] = []
        for sample in samples where sample.truth.isInService {
            if let last = runs.last?.samples.last, isSameRun(last, sample) {
                runs[runs.count - 1].samples.append(sample)
            } else {
                runs.append(TrueRun(samples: [sample]))
            }
        }
        return runs
    }

    private static func isSameRun(_ last: TrackingSample, _ next: TrackingSample) -> Bool {
        last.truth.trip == next.truth.trip && last.truth.route == next.truth.route
            && last.truth.direction == next.truth.direction
            && next.fixTime - last.fixTime <= longestGap
    }

    /// Seconds from the receipt of the first ping to that of the first for which something is
    /// right; infinite when it never is.
    func lock(on isRight: (TrackingSample) -> Bool) -> Double {
        guard let first = samples.first, let locked = samples.first(where: isRight) else {
            return .infinity
        }
        return locked.receivedAt - first.receivedAt
    }

    /// How often the run shown became another, and how often the one left was the right one.
    var changes: (all: Int, fromRight: Int) {
        var shown: TrackingSample?
        var all = 0
        var fromRight = 0
        for sample in samples where sample.status.instance != nil {
            defer { shown = sample }
            guard let shown, shown.status.instance != sample.status.instance else { continue }
            all += 1
            if shown.trip == .right { fromRight += 1 }
        }
        return (all, fromRight)
    }
}

/// What was shown of one vehicle while it truly waited at a terminal: a longest stretch of pings
/// labelled as layover.
struct TrueLayover: Sendable {
    var samples: [TrackingSample]
    /// What was shown right before it, if anything was of the vehicle.
    var before: TrackingSample?

    /// The layovers of one vehicle, whose samples come in the order of their fixes.
    static func layovers(of samples: [TrackingSample]) -> [TrueLayover] {
        var layovers: [TrueLayover] = []
        var last: TrackingSample?
        for sample in samples {
            defer { last = sample }
            guard sample.truth.phase.isLayover else { continue }
            if last?.truth.phase.isLayover == true {
                layovers[layovers.count - 1].samples.append(sample)
            } else {
                layovers.append(TrueLayover(samples: [sample], before: last))
            }
        }
        return layovers
    }

    /// The first ping at which the bus was shown in service on another run than right before the
    /// layover: it had not left yet.
    var falseDeparture: TrackingSample? {
        let former = before.flatMap { $0.isShownInService ? $0.status.instance : nil }
        return samples.first { $0.isShownInService && $0.status.instance != former }
    }
}
