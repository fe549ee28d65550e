import ArgumentParser
import Evaluation
import Ingestion

/// `transpadang score`.
struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Measure predictions against what buses really did.")

    enum Identity: String, ExpressibleByArgument, CaseIterable {
        case trip, vehicle
    }

    @Option(help: "GTFS folder or zip of the day.")
    var gtfs: String

    @Option(help: "CSV of the true stop events.")
    var truth: String

    @Option(help: "CSV of predictions, as `replay` writes it.")
    var predictions: String

    @Option(
        help: ArgumentHelp(
            "Instead: compare with these predictions, sample by sample, errors where both foretell.",
            valueName: "other"))
    var compare: String?

    @Option(help: "CSV of the pings that the predictor was given; tells when trips began.")
    var pings: String?

    @Option(help: "CSV of runs to leave out.")
    var exclude: String?

    @Option(help: "How rows name what they foretell.")
    var by = Identity.trip

    @Option(help: "Seconds without any ping after which the feed counts as dead.")
    var feedDead = 180.0

    @Option(help: "Times to resample runs for the 95 % intervals; 0 for none.")
    var resamples = 1000

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let load = try Timetables.load(gtfs)
        var options = Scorer.Options()
        options.by = by == .trip ? .trip : .vehicle
        options.deadFeed = feedDead
        options.resamples = resamples
        let scorer = try Scorer(
            network: load.network, truth: source(truth), exclusions: exclude.map(source),
            pings: pings.map { try ReplayPingReader.read(path: $0, usingLabels: true).pings },
            options: options)
        if let compare {
            try printComparison(of: predictions, with: compare, scorer)
        } else {
            let report = try scorer.score(predictions: source(predictions))
            print(json ? try report.json() : ScoreTable(report).description)
        }
    }

    private func printComparison(
        of first: String, with other: String, _ scorer: Scorer
    ) throws {
        let answers = try scorer.answers(of: source(first))
        let report = scorer.compare(answers, with: try scorer.answers(of: source(other)))
        print(json ? try report.json() : ComparisonTable(report).description)
    }

    private func source(_ path: String) throws -> CSVSource {
        CSVSource(file: path, bytes: try Files.read(path))
    }
}
