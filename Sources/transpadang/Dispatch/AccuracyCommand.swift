import ArgumentParser
import Service

/// `transpadang accuracy`.
struct AccuracyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accuracy",
        abstract: "Say how good the arrival times of virtual buses have been (with --simulate).")

    @OptionGroup var control: ControlOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show("accuracy", from: control, page: Self.page)
    }

    private static func page(_ summary: AccuracySummary) -> String {
        var table = TextTable(
            ["MIN AHEAD", "ARRIVALS", "FORETOLD", "MEAN ERROR", "BIAS", "IN BOUNDS"],
            numbers: [0, 1, 2, 3, 4, 5])
        func seconds(_ value: Double?) -> String { value.map { "\(Int($0.rounded())) s" } ?? "-" }
        func share(_ value: Double?) -> String {
            value.map { "\(Int(($0 * 100).rounded())) %" } ?? "-"
        }
        for row in summary.horizons {
            table.add([
                String(row.minutesAhead), String(row.arrivals), share(row.coverage),
                seconds(row.meanAbsoluteError), seconds(row.bias), share(row.withinBounds),
            ])
        }
        return table.text + "\n\nBounds are the MBTA's; an arrival not foretold is out of bounds."
    }
}
