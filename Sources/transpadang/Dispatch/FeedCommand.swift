import ArgumentParser
import Feeds
import Foundation

/// `transpadang feed`.
struct FeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed", abstract: "Look into the GTFS-Realtime feeds.",
        subcommands: [FeedDump.self])
}

/// `transpadang feed dump`.
struct FeedDump: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump",
        abstract: "Print a feed as text or JSON: the service's own, or any file.")

    @Argument(help: "trip-updates, vehicle-positions, service-alerts or feed (all in one).")
    var name = "feed"

    @Option(help: "Read this protobuf file instead of asking the service.")
    var file: String?

    @OptionGroup var control: ControlOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        if let file {
            print(try Self.page(Files.read(file), json: output.json))
            return
        }
        try await control.ask { client in
            try await output.show {
                try Self.page([UInt8](await client.get("feed/\(name.pathPart)")), json: output.json)
            }
        }
    }

    private static func page(_ message: [UInt8], json: Bool) throws -> String {
        json
            ? String(decoding: try FeedJSON.json(of: message), as: UTF8.self)
            : try FeedText.text(of: message)
    }
}
