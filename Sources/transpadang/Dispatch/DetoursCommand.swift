import ArgumentParser
import Feeds
import Foundation
import Service

/// `transpadang detours`.
struct DetoursCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detours", abstract: "List ways around that buses seem to take.",
        subcommands: [DetourList.self, DetourConfirm.self, DetourDismiss.self],
        defaultSubcommand: DetourList.self)
}

/// `transpadang detours list`.
struct DetourList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List suspected detours and the stops they miss.")

    @OptionGroup var control: ControlOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show("detours", from: control, page: Self.page)
    }

    private static func page(_ answer: DetoursResponse) -> String {
        guard !answer.detours.isEmpty else { return "No detour is suspected." }
        var table = TextTable(
            ["ID", "ROUTES", "AFTER", "UNTIL", "NOT SERVED", "BUSES", "SINCE", "LAST", "ALERT"],
            numbers: [5, 6, 7])
        for row in answer.detours {
            table.add([
                row.id, row.routeIDs.joined(separator: " "), row.lastStop?.name ?? "-",
                row.nextStop?.name ?? "-",
                row.skippedStops.isEmpty
                    ? "-" : row.skippedStops.map(\.name).joined(separator: ", "),
                String(row.vehicles.count), age(row.firstSeen, answer), age(row.lastSeen, answer),
                row.alertID ?? "not told",
            ])
        }
        return table.text
    }

    private static func age(_ moment: Int64, _ answer: DetoursResponse) -> String {
        "\(max(0, answer.generatedAt - moment) / 60) min"
    }
}

/// `transpadang detours confirm ID`.
struct DetourConfirm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Tell riders of a suspected detour, in both languages.")

    @Argument(help: "The detour's id.")
    var id: String

    @Option(help: "Why, as GTFS-Realtime names it: CONSTRUCTION, ACCIDENT and so on.")
    var cause: String?

    @Option(help: "Minutes until the alert ends by itself.")
    var minutes: Int?

    @OptionGroup var control: ControlOptions

    func run() async throws {
        let end = minutes.map { Int64(Date().timeIntervalSince1970) + Int64($0) * 60 }
        let order = DetourOrder(end: end, cause: cause)
        try await control.ask { client in
            print(try await client.post(order, to: "detours/\(id.pathPart)/alert").text)
        }
    }
}

/// `transpadang detours dismiss ID`.
struct DetourDismiss: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dismiss", abstract: "Hear no more of a suspected detour while it lasts.")

    @Argument(help: "The detour's id.")
    var id: String

    @OptionGroup var control: ControlOptions

    func run() async throws {
        try await control.ask { client in
            print(try await client.delete("detours/\(id.pathPart)").text)
        }
    }
}
