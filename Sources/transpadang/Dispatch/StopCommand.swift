import ArgumentParser
import Feeds

/// `transpadang stop ID`.
struct StopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Show a stop's next arrivals, as its display does.")

    @Argument(help: "GTFS stop id.")
    var id: String

    @Option(help: "At most this many arrivals.")
    var limit: Int?

    @Option(help: "Only this route.")
    var route: String?

    @OptionGroup var control: ControlOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let query = [limit.map { "limit=\($0)" }, route.map { "route=\($0.pathPart)" }]
            .compactMap { $0 }.joined(separator: "&")
        let path = "stops/\(id.pathPart)" + (query.isEmpty ? "" : "?" + query)
        try await output.show(path, from: control, page: Self.page)
    }

    private static func page(_ answer: ArrivalsResponse) -> String {
        var table = TextTable(
            ["MIN", "ROUTE", "TO", "BUS", "±S", "STOPS AWAY", "AGE", "SOURCE"],
            numbers: [0, 4, 5, 6])
        for row in answer.arrivals {
            table.add([
                String(row.minutes), row.routeName, row.headsign, row.vehicleID ?? "-",
                String(row.uncertaintyS), row.stopsAway.map(String.init) ?? "-",
                row.ageS.map { "\($0) s" } ?? "-", row.source,
            ])
        }
        let alerts = answer.alerts.map { "! \(Printable.text($0.header))" }
        let place = Printable.text("\(answer.stop.name) (\(answer.stop.id))")
        let rows = answer.arrivals.isEmpty ? "Nothing is coming." : table.text
        return ([place] + alerts + [rows]).joined(separator: "\n")
    }
}
