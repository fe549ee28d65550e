import ArgumentParser
import Feeds

/// `transpadang vehicles`.
struct VehiclesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vehicles", abstract: "List every bus: where, on which run, how sure.")

    @Option(help: "Only this route.")
    var route: String?

    @Option(help: "Only this state, such as in_service, layover, off_route or silent.")
    var state: String?

    @OptionGroup var control: ControlOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let path = "vehicles" + (route.map { "?route=\($0.pathPart)" } ?? "")
        try await output.show(path, from: control, page: page)
    }

    private func page(_ answer: VehiclesResponse) -> String {
        var table = VehicleCells.table
        for bus in answer.vehicles where state.map({ $0 == bus.state }) ?? true {
            table.add(VehicleCells.cells(bus))
        }
        return table.text
    }
}

/// One bus in a table.
enum VehicleCells {
    static let table = TextTable(
        ["BUS", "ROUTE", "STATE", "TO", "NEXT STOP", "STARTED", "LATE", "AGE", "SURE"],
        numbers: [6, 7, 8])

    static func cells(_ bus: VehicleRow) -> [String] {
        [
            bus.label, bus.routeID ?? "-", bus.state.replacing("_", with: " "),
            bus.headsign ?? "-", bus.stopID ?? "-", bus.startTime ?? "-",
            bus.delayS.map { "\($0) s" } ?? "-", "\(bus.ageS) s",
            "\(Int((bus.confidence * 100).rounded())) %",
        ]
    }
}

/// `transpadang vehicle ID`.
struct VehicleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vehicle", abstract: "Show one bus and when it reaches its next stops.")

    @Argument(help: "Vehicle id, such as its hull number.")
    var id: String

    @OptionGroup var control: ControlOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show("vehicles/\(id.pathPart)", from: control, page: Self.page)
    }

    private static func page(_ answer: VehicleResponse) -> String {
        var bus = VehicleCells.table
        bus.add(VehicleCells.cells(answer.vehicle))
        var stops = TextTable(["MIN", "±S", "SEQ", "STOP", "NAME"], numbers: [0, 1, 2])
        for stop in answer.nextStops {
            stops.add([
                String(stop.minutes), String(stop.uncertaintyS), String(stop.stopSequence),
                stop.stopID, stop.name,
            ])
        }
        return bus.text + "\n\n" + (answer.nextStops.isEmpty ? "No stops ahead." : stops.text)
    }
}
