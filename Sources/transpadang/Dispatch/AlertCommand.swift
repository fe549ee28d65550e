import ArgumentParser
import Feeds
import Foundation
import Service

/// `transpadang alert`.
struct AlertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alert", abstract: "Tell riders what they should know.",
        subcommands: [AlertAdd.self, AlertList.self, AlertEnd.self])
}

/// `transpadang alert add`.
struct AlertAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Publish an alert from now on.")

    @Option(help: "Headline in Bahasa Indonesia.")
    var header: String

    @Option(help: "Headline in English.")
    var headerEn: String?

    @Option(help: "The whole story in Bahasa Indonesia; the headline by default.")
    var description: String?

    @Option(help: "The whole story in English.")
    var descriptionEn: String?

    @Option(name: .customLong("route"), help: "Route touched; may be repeated. All by default.")
    var routes: [String] = []

    @Option(name: .customLong("stop"), help: "Stop touched; may be repeated.")
    var stops: [String] = []

    @Option(help: "Why, as GTFS-Realtime names it: STRIKE, WEATHER, ACCIDENT and so on.")
    var cause: String?

    @Option(help: "What it does: NO_SERVICE, DETOUR, SIGNIFICANT_DELAYS and so on.")
    var effect: String?

    @Option(help: "How grave: INFO, WARNING or SEVERE.")
    var severity: String?

    @Option(help: "Minutes until it ends by itself.")
    var minutes: Int?

    @OptionGroup var control: ControlOptions

    func run() async throws {
        var alert = NewAlert(
            header: Self.texts(header, headerEn),
            description: description.map { Self.texts($0, descriptionEn) } ?? [],
            informed: routes.map { NewAlert.Entity(routeID: $0) }
                + stops.map { NewAlert.Entity(stopID: $0) })
        alert.cause = cause
        alert.effect = effect
        alert.severity = severity
        alert.end = minutes.map { Int64(Date().timeIntervalSince1970) + Int64($0) * 60 }
        let order = alert
        try await control.ask { client in
            print(try await client.post(order, to: "alerts").text)
        }
    }

    private static func texts(_ indonesian: String, _ english: String?) -> [NewAlert.Text] {
        [NewAlert.Text(language: "id", text: indonesian)]
            + (english.map { [NewAlert.Text(language: "en", text: $0)] } ?? [])
    }
}

/// `transpadang alert list`.
struct AlertList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the alerts in force and to come.")

    @OptionGroup var control: ControlOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show("alerts", from: control) { (answer: AlertsResponse) in
            var table = TextTable(["ID", "SEVERITY", "EFFECT", "TOUCHES", "HEADLINE"])
            for row in answer.alerts {
                table.add([row.id, row.severity, row.effect, Self.touched(row), row.header])
            }
            return table.text
        }
    }

    /// Routes and stops by id; riders are not told of an alert that touches nothing.
    private static func touched(_ row: AlertRow) -> String {
        guard !row.informed.isEmpty else { return "nothing in this GTFS: not told" }
        return row.informed.map { entity in
            [entity.routeID, entity.stopID].compactMap { $0 }.joined(separator: "/")
        }.map { $0.isEmpty ? "all" : $0 }.joined(separator: " ")
    }
}

/// `transpadang alert end ID`.
struct AlertEnd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "End an alert now.")

    @Argument(help: "The alert's id.")
    var id: String

    @OptionGroup var control: ControlOptions

    func run() async throws {
        try await control.ask { client in
            print(try await client.delete("alerts/\(id.pathPart)").text)
        }
    }
}
