import ArgumentParser
import ETAEngine
import Feeds

/// `transpadang status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say how the service and its buses are.")

    @OptionGroup var control: ControlOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show("status", from: control, page: Self.page)
    }

    private static func page(_ status: StatusResponse) -> String {
        let age = status.lastReceivedAgeS.map { "\($0) s ago" } ?? "never"
        let states = VehicleState.allCases.compactMap { state -> String? in
            guard let count = status.vehicles[state.rawValue], count > 0 else { return nil }
            return "\(count) \(state.rawValue.replacing("_", with: " "))"
        }
        let rejected = status.pings.rejected.filter { $0.value > 0 }.sorted { $0.key < $1.key }
            .map { "\($0.value) \($0.key)" }
        let doubted = status.pings.doubted.filter { $0.value > 0 }.sorted { $0.key < $1.key }
            .map { "\($0.value) \($0.key)" }
        var lines = [
            "Service   up \(Self.duration(status.uptimeS)), GTFS \(status.networkVersion)",
            "Pings     \(status.pings.received) received, \(status.pings.accepted) accepted, "
                + "\(status.pings.matched) on a run; the last \(age)",
            "Rejected  " + (rejected.isEmpty ? "none" : rejected.joined(separator: ", ")),
            "Buses     " + (states.isEmpty ? "none heard from" : states.joined(separator: ", ")),
        ]
        if !doubted.isEmpty { lines.insert("Doubted   " + doubted.joined(separator: ", "), at: 3) }
        lines += status.suspectedDetours.map(Self.line)
        lines += status.sources.map(Self.line)
        lines += status.timetableTrouble.map { ["Beware    " + Printable.text($0)] } ?? []
        lines += status.staged.map {
            "Staged    GTFS \(Printable.text($0.version)) from \($0.from), read from "
                + Printable.text($0.path)
                + ($0.refusal.map { " REFUSED: " + Printable.text($0) } ?? "")
        }
        lines += status.routes.map { "  \(Printable.text($0.routeID))  \($0.vehicles) on a run" }
        return lines.joined(separator: "\n")
    }

    private static func line(_ detour: DetourRow) -> String {
        let count = detour.skippedStops.count
        return "Detour?   \(Printable.text(detour.id)): \(detour.vehicles.count) buses of "
            + Printable.text(detour.routeIDs.joined(separator: ", "))
            + " left their way and missed \(count) stops; see `transpadang detours`"
    }

    /// How a source stands, with what troubles it.
    private static func line(_ source: StatusResponse.Source) -> String {
        let state = source.isConnected ? "connected" : "NOT CONNECTED"
        let age = source.lastMessageAgeS.map { "\($0) s ago" } ?? "never"
        let trouble = (source.faults.map { ($0, $1) } + source.notices.map { ($0, $1) })
            .sorted { $0.0 < $1.0 }
            .map { ", \($0.1) \(Printable.text($0.0.replacing("_", with: " ")))" }
        return "Source    \(Printable.text(source.name)) \(state), \(source.messages) messages, "
            + "\(source.pings) pings; the last \(age)\(trouble.joined())"
    }

    private static func duration(_ seconds: Int) -> String {
        seconds < 120
            ? "\(seconds) s"
            : seconds < 7200 ? "\(seconds / 60) min" : "\(seconds / 3600) h"
    }
}
