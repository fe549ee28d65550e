public import TransitModel

/// Measures a prediction file against what buses really did.
///
/// Every real stop event is asked about at each of the thirty whole minutes before it; what a
/// predictor did not say is a miss. Errors are actual minus predicted. Accuracy is counted in the
/// bins of the MBTA (by predicted lead, ends out) and of the app Transit (by actual lead, ends in).
/// Without pings every event counts, a trip has begun with its first event, and the first stop's
/// row counts as its departure; with pings dead minutes are left out and starts of trips are read
/// off the fixes.
public struct Scorer: Sendable {
    /// How to score.
    public struct Options: Hashable, Sendable {
        /// How rows name what they foretell.
        public var by = PredictionIdentity.trip
        /// How often to resample runs for the 95 % intervals; 0 for none.
        public var resamples = 1000
        /// Events whose two fixes lie further apart in seconds are dropped; nil for none.
        public var maximumBracket: Double?
        /// Seconds without any ping after which the feed counts as dead.
        public var deadFeed = 180.0

        /// Makes the options that a score has when nothing is said.
        public init() {}
    }

    let options: Options
    let traces: VehicleTraces?
    let minutes: FeedMinutes?
    let passages: [Passage]
    let ids: IDTable
    private let timetable: ScoringTimetable
    private let truth: TruthTable
    private let truthReport: TruthReport

    /// Prepares what does not depend on the predictions.
    ///
    /// - Parameters:
    ///   - network: the timetable of the day.
    ///   - truth: CSV `trip_id,vehicle_id,stop_sequence,stop_id,arrival_time[,bracket_s]`.
    ///   - exclusions: CSV `trip_id,vehicle_id` of runs to leave out.
    ///   - pings: the pings that the predictor was given, in any order.
    ///   - options: how to score.
    /// - Throws: what is wrong with the truth or the exclusions.
    public init(
        network: Network,
        truth: CSVSource,
        exclusions: CSVSource? = nil,
        pings: [Ping]? = nil,
        options: Options = Options()
    ) throws(ScoringError) {
        var ids = IDTable()
        let table = try TruthTable(truth, ids: &ids)
        var excluded = Exclusions()
        if let exclusions { excluded = try Exclusions(exclusions, ids: &ids) }
        var selection = TruthSelection(
            table.events,
            excluding: excluded,
            maximumBracket: options.maximumBracket,
            merging: options.by == .vehicle
        )
        guard !selection.events.isEmpty else { throw .nothingToScore(file: truth.file) }
        let timetable = ScoringTimetable(network, ids: &ids)
        var traces: VehicleTraces?
        if let pings { traces = VehicleTraces(pings, ids: &ids) }
        var finder = PassageFinder(
            timetable: timetable,
            traces: traces,
            usesLabels: options.by == .trip,
            maximumBracket: options.maximumBracket
        )
        passages = finder.passages(of: selection.events)
        selection.report.layoverRuns = finder.layoverRuns
        selection.report.droppedByLayover = finder.droppedByLayover
        truthReport = selection.report
        minutes = traces.map { FeedMinutes(heard: $0.heard, patience: options.deadFeed) }
        (self.options, self.timetable, self.traces) = (options, timetable, traces)
        (self.truth, self.ids) = (table, ids)
    }

    /// Scores a prediction file: the CSV that a ``Replay`` writes, with at least `made_at`, `arrival`
    /// and what names the passage.
    public func score(predictions: CSVSource) throws(ScoringError) -> ScoreReport {
        var ids = ids
        let table = try PredictionTable(predictions, ids: &ids)
        var grid = SampleGrid(passages: passages, minutes: minutes)
        let ghosts = match(table, on: &grid)
        let identity = IdentityTally(timetable: timetable, ids: ids)
        var tallies = ScoreTallies(
            identity: options.by == .vehicle ? identity : nil,
            traces: traces
        )
        tallies.add(grid, table)
        let bootstrap = bootstrap
        return ScoreReport(
            by: options.by,
            truth: truthReport,
            predictionRows: table.rows.count,
            ghosts: ghosts,
            stopMismatches: options.by == .trip ? tallies.stopMismatches : nil,
            identity: tallies.identity?.report,
            classes: tallies.classes.map { $0.report(bootstrap) }
        )
    }

    /// What makes the 95 % intervals.
    var bootstrap: Bootstrap { Bootstrap(repetitions: options.resamples, seed: 1) }

    /// What finds the passages that rows speak of.
    func matcher(on grid: SampleGrid) -> any RowMatcher {
        switch options.by {
        case .trip: TripRowMatcher(grid)
        case .vehicle: VehicleRowMatcher(grid)
        }
    }

    private func match(_ table: PredictionTable, on grid: inout SampleGrid) -> GhostReport {
        var matcher = matcher(on: grid)
        let judge: any GhostJudge =
            switch options.by {
            case .trip: TripGhostJudge(truth.events, traces: traces)
            case .vehicle: VehicleGhostJudge(truth.events, timetable: timetable)
            }
        var counter = GhostCounter(judge: judge, minutes: minutes, end: end)
        table.forEachMinute { minute in
            counter.count(matcher.match(minute, of: table, on: &grid), of: minute, table)
        }
        var ghosts = counter.ghosts
        ghosts.duplicates = matcher.duplicates
        return ghosts
    }

    /// When the feed ended, in unix seconds.
    private var end: Double {
        traces?.heard.last ?? truth.events.map(\.arrival).max() ?? 0
    }
}
