import ArgumentParser
import Feeds

/// `transpadang explain`.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say why the service thinks what it thinks.",
        subcommands: [ExplainVehicle.self])
}

/// `transpadang explain vehicle ID`.
struct ExplainVehicle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vehicle", abstract: "Why a bus is on this run, or on none.")

    @Argument(help: "Vehicle id, such as its hull number.")
    var id: String

    @OptionGroup var control: ControlOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let path = "vehicles/\(id.pathPart)/explanation"
        try await output.show(path, from: control, page: Self.page)
    }

    private static func page(_ answer: ExplanationResponse) -> String {
        var readings = TextTable(
            ["BELIEF", "ROUTE", "DIR", "TO", "ALONG", "OFF", "LATE"], numbers: [0, 4, 5, 6])
        for reading in answer.hypotheses {
            readings.add([
                "\(Int((reading.probability * 100).rounded())) %", reading.routeID,
                reading.directionID.map(String.init) ?? "-", reading.headsign,
                "\(reading.distanceM) m", "\(reading.offsetM) m",
                reading.latenessS.map { "\($0) s" } ?? "-",
            ])
        }
        var fixes = TextTable(["FIX AGE", "LAT", "LON", "OUTCOME"], numbers: [0, 1, 2])
        for fix in answer.fixes.prefix(8) {
            fixes.add([
                "\(answer.generatedAt - fix.timestamp) s", String(fix.lat), String(fix.lon),
                fix.doubt.map { "\(fix.outcome), \($0)" } ?? fix.outcome,
            ])
        }
        let head = "Bus \(answer.vehicle.label): \(answer.vehicle.state.replacing("_", with: " "))"
        let reasons = answer.reasons.map { "  - \($0)" }.joined(separator: "\n")
        return [Printable.text(head), reasons, "", readings.text, "", fixes.text]
            .joined(separator: "\n")
    }
}
