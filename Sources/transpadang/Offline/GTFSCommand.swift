import ArgumentParser
import Foundation
import Ingestion
import Service

/// `transpadang gtfs`.
struct GTFSCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gtfs", abstract: "Check a GTFS, or put one in force.",
        subcommands: [GTFSCheck.self, GTFSUse.self])
}

/// `transpadang gtfs check PATH`.
struct GTFSCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read a GTFS and say what is wrong with it.")

    @Argument(help: "Folder or zip.")
    var path: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let (notices, load) = ScheduleLoader.check(path: path)
        print(json ? try GTFSReport(notices, load).json() : GTFSReport(notices, load).text)
        guard load != nil else {
            let reason = notices.first { $0.severity == .error }?.description ?? "it cannot be used"
            throw CommandFault(
                FileManager.default.fileExists(atPath: path) ? .findings : .unreachable,
                "\(path): \(reason)")
        }
        if notices.contains(where: { $0.severity == .error }) { throw Outcome.findings }
    }
}

/// `transpadang gtfs use PATH`.
struct GTFSUse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Put a GTFS in force in the running service.")

    @Argument(help: "Folder or zip.")
    var path: String

    @OptionGroup var control: ControlOptions

    func run() async throws {
        let order = TimetableOrder(path: URL(fileURLWithPath: path).path)
        try await control.ask { client in
            let answer = try await client.post(order, to: "gtfs")
            print(try JSONDecoder().decode(ControlReceipt.self, from: answer).done)
        }
    }
}
