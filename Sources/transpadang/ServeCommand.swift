import ArgumentParser
import Foundation
import Logging
import Service

/// `transpadang serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve arrival times until told to stop (SIGTERM); SIGHUP reads the GTFS anew.")

    @Option(help: "GTFS folder or zip; the bundled Trans Padang GTFS by default.")
    var gtfs: String?

    @Option(help: "Folder of the database; ./data by default.")
    var data: String?

    @Option(help: "Public address as HOST:PORT; 127.0.0.1:8080 by default.")
    var listen: String?

    @Option(help: "Control socket as unix:PATH; unix:DATA/control.sock by default.")
    var control: String?

    @Option(help: "Number of virtual buses to drive; none by default.")
    var simulate: Int?

    @Option(
        name: .customLong("source"),
        help: ArgumentHelp(
            "Outside source of pings as NAME=URL, such as dishub=wss://HOST; may be repeated.",
            discussion: """
                dishub=wss://HOST, positions=https://HOST/PATH (GTFS-Realtime), \
                hfp=mqtts://HOST/TOPIC, mqtt=mqtts://USER:PASSWORD@HOST/TOPIC (own JSON); several \
                of a kind as positions-2=. Behind # come settings: speed=mps|kmh|mph|kn, swapped, \
                zone=+07:00, interval=SECONDS, header=NAME:VALUE, client=NAME, vehicle=topic.
                """))
    var sources: [String] = []

    @Option(help: "Days for which pings are kept; 30 by default.")
    var keepPings: Double?

    @Option(help: "Days for which calls at stops are kept; 730 by default.")
    var keepStopEvents: Double?

    @Option(
        help:
            "Requests a second that a tracker may send, 5 seconds' worth at once; 20 by default, 0 for no limit."
    )
    var requestsPerDevice: Double?

    @Option(help: "Tile server for the map, such as https://HOST/{z}/{x}/{y}.png; none by default.")
    var tiles: String?

    @Option(help: "What the map says of the tiles' makers.")
    var tilesAttribution: String?

    func run() async throws {
        Processors.shareOutConnections()
        let logger = Logger(
            label: "transpadang", factory: { StreamLogHandler.standardError(label: $0) })
        try await serve(configuration(), logger: logger) { addresses in
            // Not `print`, which keeps back what goes to a file or a pipe.
            FileHandle.standardOutput.write(Data("\(addresses)\n".utf8))
        }
    }

    private func configuration() throws -> ServiceConfiguration {
        guard let path = gtfs ?? Environment["GTFS"] ?? BundledTimetable.path() else {
            throw CommandFault(.unreachable, "no bundled GTFS found: name one with --gtfs PATH")
        }
        var configuration = ServiceConfiguration(
            gtfsPath: path, dataDirectory: data ?? Environment["DATA"] ?? "data")
        if let text = listen ?? Environment["LISTEN"] {
            guard let address = ListenAddress(text: text) else {
                throw CommandFault(.usage, "--listen \(text): write HOST:PORT")
            }
            configuration.listen = address
        }
        if let socket = control ?? Environment["CONTROL"] {
            guard socket.hasPrefix("unix:") else {
                throw CommandFault(.usage, "--control \(socket): write unix:PATH")
            }
            configuration.controlSocketPath = String(socket.dropFirst(5))
        }
        configuration.simulatedBuses = try buses()
        configuration.retention = try retention()
        if let rate = try amount(requestsPerDevice, "REQUESTS_PER_DEVICE") {
            configuration.limits.perDevice = RequestRate(perSecond: rate)
        }
        configuration.sources = try addresses()
        if let url = tiles ?? Environment["TILES"] {
            configuration.tiles = MapTiles(
                url: url,
                attribution: tilesAttribution ?? Environment["TILES_ATTRIBUTION"] ?? "")
        }
        return configuration
    }

    private func retention() throws -> Retention {
        var retention = Retention()
        retention.daysOfPings = try amount(keepPings, "KEEP_PINGS") ?? retention.daysOfPings
        retention.daysOfStopEvents =
            try amount(keepStopEvents, "KEEP_STOP_EVENTS") ?? retention.daysOfStopEvents
        guard retention.daysOfPings >= 1 else {
            throw CommandFault(
                .usage, "--keep-pings: a restart needs the last hours; write 1 or more")
        }
        return retention
    }

    /// A number of 0 or more, from the option or else from the environment.
    private func amount(_ option: Double?, _ name: String) throws -> Double? {
        guard option != nil || Environment[name] != nil else { return nil }
        guard let number = option ?? Environment[name].flatMap({ Double($0) }), number >= 0,
            number.isFinite
        else { throw CommandFault(.usage, "TRANSPADANG_\(name): write a number, 0 or more") }
        return number
    }

    private func buses() throws -> Int {
        if let simulate { return simulate }
        guard let text = Environment["SIMULATE"] else { return 0 }
        guard let number = Int(text), Self.fleetSizes.contains(number) else {
            throw CommandFault(.usage, "TRANSPADANG_SIMULATE=\(text): write 0 to 5000 buses")
        }
        return number
    }

    private func addresses() throws -> [SourceAddress] {
        let texts =
            sources.isEmpty
            ? Environment["SOURCE"]?.split(separator: " ").map(String.init) ?? [] : sources
        return try texts.map { text in
            guard let address = SourceAddress(text: text), address.kind != nil else {
                // The rest may hold a password.
                let name = text.prefix { $0 != "=" }
                throw CommandFault(.usage, "--source \(name): write \(SourceKind.forms)")
            }
            return address
        }
    }

    private static let fleetSizes = 0...5000

    func validate() throws {
        if let simulate, !Self.fleetSizes.contains(simulate) {
            throw ValidationError("--simulate takes 0 to 5000 buses")
        }
    }
}
