import ArgumentParser
import Foundation
import Ingestion
import TransitModel

/// `transpadang gtfs`.
struct GTFSCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gtfs", abstract: "Check a GTFS, ask it, or put one in force.",
        subcommands: [GTFSCheck.self, GTFSShow.self, GTFSUse.self, GTFSCancel.self])
}

/// `transpadang gtfs check PATH`.
struct GTFSCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read a GTFS and say what is wrong with it.")

    @Argument(help: "Folder or zip.")
    var path: String

    @Option(
        help: "The day on which it is looked at; today in the agency's zone by default.",
        transform: ServiceDate.argument)
    var date: ServiceDate?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let now = Timestamp(Date.now.timeIntervalSince1970)
        let (notices, load) = ScheduleLoader.check(
            path: path, asOf: date.map { .date($0) } ?? .moment(now))
        let report = GTFSReport(notices, load, today: date)
        print(json ? try report.timetableJSON() : report.text)
        guard load != nil else {
            throw CommandFault.refusal(of: path, notices)
        }
        if notices.contains(where: { $0.severity == .error }) { throw Outcome.findings }
    }
}

extension CommandFault {
    /// Why a feed cannot be used; the last error is the one that stopped the reading.
    static func refusal(of path: String, _ notices: [Notice]) -> CommandFault {
        let refusal = notices.refusal
        let isAboutAll = refusal?.file == URL(fileURLWithPath: path).lastPathComponent
        let reason = isAboutAll ? refusal?.message : refusal?.description
        return CommandFault(
            FileManager.default.fileExists(atPath: path) ? .findings : .unreachable,
            "\(path): \(reason ?? "it cannot be used")")
    }
}
