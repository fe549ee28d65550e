public import ETAEngine
public import Simulation
public import TransitModel

/// Compares what was published with what then truly happened, while the service runs.
///
/// Every half minute it keeps the predictions of a snapshot. When a bus has truly arrived, it looks
/// up what had been foretold of it two, five and ten minutes before. A stop of which nothing was
/// foretold then counts as a miss, not as absent; a time before the first snapshot does not count.
/// Departures from first stops are not scored.
public struct LiveAccuracy: Sendable {
    /// Minutes before the true arrival at which predictions are looked up.
    public static let horizons = [2, 5, 10]
    private static let secondsBetweenSamples = 30.0
    private static let secondsKept = 960.0

    private struct Call {
        var pattern: PatternIndex
        var position: Int32
        var arrival: Timestamp
    }

    private struct Sample {
        var madeAt: Timestamp
        var calls: [String: [Call]]
    }

    private let network: Network
    private var samples: [Sample] = []
    private var scores: [HorizonScore]
    private var arrivals = 0
    private var since: Timestamp?

    /// Makes an account for a fleet on a network; snapshots of any other are passed over.
    public init(network: Network) {
        self.network = network
        scores = Self.horizons.map { HorizonScore(minutesAhead: $0) }
    }

    /// Keeps what a snapshot foretells, if it is time for another sample.
    public mutating func remember(_ snapshot: Snapshot) {
        guard snapshot.network === network else { return }
        if let last = samples.last, snapshot.madeAt < last.madeAt + Self.secondsBetweenSamples {
            return
        }
        since = since ?? snapshot.madeAt
        samples.append(Self.sample(snapshot))
        let oldest = snapshot.madeAt - Self.secondsKept
        samples.removeAll { $0.madeAt < oldest }
    }

    /// Scores what was foretold of arrivals that have happened.
    public mutating func score(_ truth: [TrueStopEvent]) {
        for event in truth where event.position > 0 {
            arrivals += 1
            for index in scores.indices {
                let horizon = Double(Self.horizons[index]) * 60
                guard let sample = sample(at: event.arrival - horizon) else { continue }
                scores[index].add(
                    predicted: predicted(event, in: sample),
                    actual: event.arrival,
                    madeAt: sample.madeAt
                )
            }
        }
    }

    /// The account so far.
    public var summary: AccuracySummary {
        AccuracySummary(since: since?.unix, arrivals: arrivals, horizons: scores.map(\.summary))
    }

    private static func sample(_ snapshot: Snapshot) -> Sample {
        var calls: [String: [Call]] = [:]
        for trip in snapshot.trips {
            guard let vehicleID = trip.vehicleID else { continue }
            calls[vehicleID, default: []] += trip.stops.lazy.filter { $0.position > 0 }.map {
                Call(
                    pattern: trip.pattern,
                    position: Int32($0.position),
                    arrival: $0.arrival
                )
            }
        }
        return Sample(madeAt: snapshot.madeAt, calls: calls)
    }

    /// The newest sample that was public at a moment; nil when none was, or only an old one.
    private func sample(at moment: Timestamp) -> Sample? {
        guard let sample = samples.last(where: { $0.madeAt <= moment }),
            moment - sample.madeAt < 2 * Self.secondsBetweenSamples
        else { return nil }
        return sample
    }

    /// The bus's next arrival at the stop as foretold, on the same pattern if on any.
    private func predicted(_ event: TrueStopEvent, in sample: Sample) -> Timestamp? {
        let stop = network.patterns[event.pattern].stops[event.position]
        let calls = sample.calls[event.vehicleID, default: []].filter {
            network.patterns[$0.pattern].stops[Int($0.position)] == stop
        }
        let same = calls.filter {
            $0.pattern == event.pattern && Int($0.position) == event.position
        }
        return (same.isEmpty ? calls : same).map(\.arrival).min()
    }
}
