import ArgumentParser
import Foundation
import Service

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
