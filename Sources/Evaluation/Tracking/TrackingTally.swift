import ETAEngine
import Geometry
public import TransitModel

extension TrackingReport {
    /// Metres from the ends of the true trip within which a vehicle is not yet under way.
    private static let terminalRadius = 150.0

    /// Counts what a replay showed.
    ///
    /// - Parameters:
    ///   - record: what was shown beside what was true.
    ///   - network: the timetable.
    ///   - resamples: times to draw runs again for the 95 % intervals; 0 for none.
    public init(_ record: TrackingRecord, network: Network, resamples: Int = 1000) {
        let samples = record.samples
        let intervals = ShareInterval(resamples: resamples)
        let vehicles = Dictionary(grouping: samples.indices) { samples[$0].vehicleID }
            .values.sorted { $0[0] < $1[0] }.map { indices in indices.map { samples[$0] } }
        pings = record.pings
        accepted = record.accepted
        unlabelled = record.unlabelled
        located = samples.count { $0.truth.trip != nil }
        unknownTrips = samples.count { $0.truth.phase == .inProgress && $0.truth.route == nil }
        selections = TrackingSelection.allCases.map { selection in
            let runs = vehicles.flatMap { Self.runs(of: $0, selection, network) }
            return TrackingTally(runs: runs, intervals: intervals).figures(selection)
        }
        outOfService = TruePhase.allCases.filter { $0 != .inProgress }.compactMap {
            Self.figures(of: $0, vehicles, intervals)
        }
        falseDepartures = intervals.share(
            vehicles.map { samples in
                let layovers = TrueLayover.layovers(of: samples)
                return ShareInterval.Part(
                    count: layovers.count { $0.falseDeparture != nil }, of: layovers.count)
            })
    }

    /// The runs of a vehicle, with those of their samples that are looked at.
    private static func runs(
        of samples: [TrackingSample], _ selection: TrackingSelection, _ network: Network
    ) -> [TrueRun] {
        switch selection {
        case .all: TrueRun.runs(of: samples)
        case .underWay:
            TrueRun.runs(of: samples).map {
                TrueRun(samples: $0.samples.filter { !isAtTerminal($0, network) })
            }.filter { !$0.samples.isEmpty }
        case .plausible:
            TrueRun.runs(
                of: zip(samples, LabelDoubt(network: network).marks(of: samples))
                    .filter { !$0.1 }.map(\.0))
        }
    }

    private static func isAtTerminal(_ sample: TrackingSample, _ network: Network) -> Bool {
        guard let trip = sample.truth.trip else { return false }
        let pattern = network.pattern(of: trip)
        let point = network.plane.point(sample.status.coordinate)
        return [pattern.distances[0], pattern.distances[pattern.lastPosition]].contains {
            pattern.line.point(at: $0).distance(to: point) <= terminalRadius
        }
    }

    private static func figures(
        of phase: TruePhase, _ vehicles: [[TrackingSample]], _ intervals: ShareInterval
    ) -> PhaseFigures? {
        let samples = vehicles.map { $0.filter { $0.truth.phase == phase } }
        guard samples.contains(where: { !$0.isEmpty }) else { return nil }
        return PhaseFigures(
            phase: phase.rawValue,
            inService: intervals.share(
                samples.map { .init(count: $0.count(where: \.isShownInService), of: $0.count) }),
            shown: Dictionary(
                samples.joined().map { ($0.status.state.rawValue, 1) }, uniquingKeysWith: +))
    }
}

/// Counts over the true runs of a selection.
struct TrackingTally: Sendable {
    let runs: [TrueRun]
    let intervals: ShareInterval

    private static let bins = [0, 0.5, 0.7, 0.9, 0.95, 1]
    private static let quickLock = 90.0

    func figures(_ selection: TrackingSelection) -> TrackingFigures {
        let changes = runs.map(\.changes)
        return TrackingFigures(
            selection: selection, pings: runs.reduce(0) { $0 + $1.samples.count },
            runs: runs.count, line: verdicts { $0.line }, pattern: verdicts(\.pattern),
            trip: verdicts(\.trip), lineLock: lock { $0.line == .right },
            tripLock: lock { $0.trip == .right },
            changesPer100Runs: per100Runs(changes.reduce(0) { $0 + $1.all }),
            changesFromRightPer100Runs: per100Runs(changes.reduce(0) { $0 + $1.fromRight }),
            distance: distance, calibration: calibration, causes: causes,
            tripCauses: Dictionary(
                samples.compactMap(TrackingCause.ofTrip).map { ($0, 1) }, uniquingKeysWith: +))
    }

    private var samples: some Sequence<TrackingSample> { runs.lazy.flatMap(\.samples) }

    private func verdicts(_ verdict: (TrackingSample) -> Verdict?) -> VerdictShares {
        let counts = runs.map { run in
            Dictionary(run.samples.compactMap(verdict).map { ($0, 1) }, uniquingKeysWith: +)
        }
        func share(_ verdict: Verdict) -> Share {
            intervals.share(
                counts.map { .init(count: $0[verdict] ?? 0, of: $0.values.reduce(0, +)) })
        }
        return VerdictShares(right: share(.right), wrong: share(.wrong), missing: share(.missing))
    }

    private func lock(on isRight: (TrackingSample) -> Bool) -> LockFigures {
        let seconds = runs.map { $0.lock(on: isRight) }.sorted()
        // The least number that so many runs do not exceed: runs that never lock are infinite.
        func figure(_ share: Double) -> Double? {
            let rank = max(1, Int((share * Double(seconds.count)).rounded(.up)))
            return rank <= seconds.count && seconds[rank - 1].isFinite ? seconds[rank - 1] : nil
        }
        return LockFigures(
            within90: intervals.share(
                seconds.map { .init(count: $0 <= Self.quickLock ? 1 : 0, of: 1) }),
            never: seconds.count { !$0.isFinite }, median: figure(0.5), p90: figure(0.9))
    }

    private func per100Runs(_ count: Int) -> Double? {
        runs.isEmpty ? nil : 100 * Double(count) / Double(runs.count)
    }

    private var distance: DistanceFigures? {
        let errors = samples.compactMap(\.distanceError).sorted()
        let sizes = errors.map(abs).sorted()
        guard let median = sizes.percentile(0.5), let p90 = sizes.percentile(0.9),
            let middle = errors.percentile(0.5)
        else { return nil }
        return DistanceFigures(pings: errors.count, median: median, p90: p90, medianError: middle)
    }

    private var calibration: [CalibrationBin] {
        zip(Self.bins, Self.bins.dropFirst()).map { from, to in
            let shown = runs.map { run in
                run.samples.filter {
                    $0.line != .missing && $0.status.confidence >= from
                        && ($0.status.confidence < to || to == 1)
                }
            }
            let confidences = shown.joined().map(\.status.confidence)
            return CalibrationBin(
                from: from, to: to,
                mean: confidences.isEmpty
                    ? nil : confidences.reduce(0, +) / Double(confidences.count),
                line: intervals.share(
                    shown.map { .init(count: $0.count { $0.line == .right }, of: $0.count) }),
                pattern: intervals.share(
                    shown.map { .init(count: $0.count { $0.pattern == .right }, of: $0.count) }))
        }
    }

    private var causes: [String: Int] {
        var counts: [String: Int] = [:]
        for run in runs { TrackingCause.ofLine(in: run) { counts[$0, default: 0] += 1 } }
        return counts
    }
}
