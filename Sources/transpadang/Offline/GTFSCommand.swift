import ArgumentParser
import Foundation
import Ingestion

/// `transpadang gtfs`.
struct GTFSCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gtfs", abstract: "Check a GTFS, or put one in force.",
        subcommands: [GTFSCheck.self, GTFSUse.self, GTFSCancel.self])
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
