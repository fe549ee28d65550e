import ArgumentParser

/// `transpadang COMMAND`: the service and everything around it in one executable.
struct TransPadang: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transpadang",
        abstract: "Real-time bus arrivals: GPS pings and a GTFS in, arrival times out.",
        discussion: """
            Options of `serve` and --control may also come from the environment, as in
            TRANSPADANG_GTFS.
            Exit status: 0 fine, 1 findings, 2 wrong usage, 3 cannot reach or open something.
            """,
        groupedSubcommands: [
            CommandGroup(name: "Service", subcommands: [ServeCommand.self, DeviceCommand.self]),
            CommandGroup(
                name: "Dispatch",
                subcommands: [
                    StatusCommand.self, VehiclesCommand.self, VehicleCommand.self,
                    StopCommand.self, ExplainCommand.self, AlertCommand.self,
                    DetoursCommand.self, FeedCommand.self, AccuracyCommand.self,
                ]),
            CommandGroup(
                name: "Timetable and evaluation",
                subcommands: [
                    GTFSCommand.self, ReplayCommand.self, ScoreCommand.self, SimulateCommand.self,
                ]),
        ])
}

@main
enum Main {
    static func main() async {
        do {
            var command = try TransPadang.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Outcome.end(with: error)
        }
    }
}
