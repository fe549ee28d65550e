import ArgumentParser
import Foundation
import Service
import TransitModel

/// `transpadang gtfs use PATH`.
struct GTFSUse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Put a GTFS in force in the running service.",
        discussion: """
            The GTFS is checked first; one that cannot be used is refused with the reason, and \
            the old one goes on. What is used comes back after a restart, from a copy in the data \
            folder, until what --gtfs of `serve` names changes.

            With --from it is checked and copied now, and takes over on that service date: when no \
            run of the day before is under way or still to leave, at 04:00 at the latest. \
            `status` shows what waits.

            Files do not need this command: the service notices when the GTFS in force changes on \
            the disk, a folder once nothing in it has changed for half a minute. Replace a zip in \
            one step (mv), not piece by piece. What has less than half of the trips, stop times or \
            days of service is refused then, and taken only by this command.
            """)

    @Argument(help: "Folder or zip.")
    var path: String

    @Option(
        help: ArgumentHelp("Service date from which it holds.", valueName: "yyyy-mm-dd"),
        transform: ServiceDate.argument)
    var from: ServiceDate?

    @OptionGroup var control: ControlOptions

    /// Seconds that reading a country's GTFS and three hours of pings may take.
    static let patience: Int64 = 300

    func validate() throws {
        if path.isEmpty { throw ValidationError("the path is empty; name a folder or a zip") }
    }

    func run() async throws {
        let order = TimetableOrder(path: URL(fileURLWithPath: path).path, from: from?.dashed)
        try await control.ask { client in
            let answer = try await client.post(order, to: "gtfs", within: Self.patience)
            print(try JSONDecoder().decode(ControlReceipt.self, from: answer).done)
        }
    }
}

/// `transpadang gtfs cancel DATE`.
struct GTFSCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Take back a GTFS that waits for its date.")

    @Argument(
        help: ArgumentHelp("Its service date.", valueName: "yyyy-mm-dd"),
        transform: ServiceDate.argument)
    var date: ServiceDate

    @OptionGroup var control: ControlOptions

    func run() async throws {
        try await control.ask { client in
            let answer = try await client.delete(
                "gtfs/\(date.dashed)", within: GTFSUse.patience)
            print(try JSONDecoder().decode(ControlReceipt.self, from: answer).done)
        }
    }
}
