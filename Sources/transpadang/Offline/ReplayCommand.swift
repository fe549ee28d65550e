import ArgumentParser
import ETAEngine
import Evaluation
import Feeds
import Foundation
import Ingestion
import Storage
import TransitModel

/// `transpadang replay`.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Send recorded pings through the engine on a virtual clock.")

    @Option(help: "GTFS folder or zip.")
    var gtfs: String

    @Option(help: "CSV of pings, gzipped or not.")
    var pings: String

    @Option(help: "Where the predictions go; gzipped when the name ends in .gz.")
    var predictions: String?

    @Option(help: "With --predictions: what foretells, the engine or a simple way beside it.")
    var method = ReplayMethod.engine

    @Option(
        help: ArgumentHelp(
            "Instead: deliver the pings in so many seeded disorders, and tell where the end differs.",
            valueName: "seeds"))
    var disorder: UInt64?

    @Flag(
        help: "Instead: tell how often route, direction, trip, place and state shown are right.")
    var tracking = false

    @Option(help: "With --tracking: CSV of what buses truly did; else the pings' trip ids are it.")
    var labels: String?

    @Option(help: "With --tracking: where what was shown after each ping goes, as CSV.")
    var details: String?

    @Option(help: "With --tracking: times to resample for the 95 % intervals; 0 for none.")
    var resamples = 1000

    @Option(help: "Seconds between two rounds of predictions.")
    var every = 60

    @Flag(name: .customLong("ignore-trip-ids"), help: "Drop trip, route and direction first.")
    var ignoreTripIDs = false

    @Option(
        help: ArgumentHelp(
            "With --predictions: leave a part of the engine out, to measure what it brings: "
                + PredictionComponents.named.map(\.name).joined(separator: ", ") + ".",
            valueName: "part"))
    var without: [String] = []

    @Option(help: "Database of what was learned, read before and updated after.")
    var history: String?

    @Option(help: "Folder for the feeds of each round, as the service would serve them.")
    var feeds: String?

    @Flag(help: "Leave a row without times for buses of which nothing is foretold.")
    var publishSilence = false

    @Flag(help: "Print a summary as JSON in the last line; with --tracking, all of it.")
    var json = false

    func validate() throws {
        if [predictions != nil, disorder != nil, tracking].count(where: { $0 }) != 1 {
            throw ValidationError("name one of --predictions, --disorder and --tracking")
        }
        if !tracking, labels != nil || details != nil {
            throw ValidationError("--labels and --details go with --tracking")
        }
        if method != .engine, predictions == nil || isForEngine {
            throw ValidationError("--method \(method.rawValue) goes with --predictions and --every")
        }
        if let odd = without.first(where: { Self.component($0) == nil }) {
            throw ValidationError("--without \(odd): there is no such part")
        }
        if resamples < 0 { throw ValidationError("--resamples takes a number from 0 up") }
        if every < 1 { throw ValidationError("--every takes a number of seconds from 1 up") }
    }

    func run() async throws {
        let network = try Timetables.load(gtfs).network
        let batch = try read(pings)
        if let disorder {
            try DisorderReport.print(network, batch.pings, seeds: disorder)
        } else if tracking {
            try trackingCheck.print(network, batch.pings)
        } else if let predictions, let baseline = method.baseline {
            try replay(batch, on: network, through: baseline, to: predictions)
        } else if let predictions {
            try replay(batch, on: network, to: predictions)
        }
    }

    /// Whether an option speaks of what only the engine has.
    private var isForEngine: Bool {
        history != nil || feeds != nil || ignoreTripIDs || publishSilence || !without.isEmpty
    }

    private func replay(
        _ batch: PingBatch, on network: Network, through baseline: BaselineMethod,
        to predictions: String
    ) throws {
        let start = ContinuousClock.now
        let output = try OutputFile(predictions)
        let replay = BaselineReplay(network: network, method: baseline, every: every)
        let summary = try replay.run(batch.pings) { try output.write($0) }
        try output.close()
        report(summary, unreadable: batch.rejections.count, since: start)
    }

    private func replay(_ batch: PingBatch, on network: Network, to predictions: String) throws {
        let store = try history.map { ExperienceStore(try Database(file: $0)) }
        let start = ContinuousClock.now
        var replay = Replay(
            network: network, learned: try store?.load() ?? Experience(), options: options)
        let output = try OutputFile(predictions)
        var writer = try feeds.map { try FeedFolder($0, version: network.version) }
        let summary = try replay.run(
            batch.pings, rows: { try output.write($0) }, onSnapshot: { try writer?.write($0) })
        try output.close()
        try store?.save(replay.engine.experience())
        report(summary, unreadable: batch.rejections.count, since: start)
    }

    private var trackingCheck: TrackingCheck {
        TrackingCheck(
            labels: labels, details: details, ignoresTripIDs: ignoreTripIDs, resamples: resamples,
            isJSON: json)
    }

    private var options: Replay.Options {
        var options = Replay.Options()
        options.every = every
        options.ignoreTripIDs = ignoreTripIDs
        options.publishSilence = publishSilence
        for part in without.compactMap(Self.component) { options.components.subtract(part) }
        return options
    }

    private static func component(_ name: String) -> PredictionComponents? {
        PredictionComponents.named.first { $0.name == name }?.component
    }

    private func read(_ path: String) throws -> PingBatch {
        do {
            return try ReplayPingReader.read(path: path, usingLabels: method != .engine)
        } catch {
            throw CommandFault(.unreachable, "\(path): \(error)")
        }
    }

    private func report(
        _ summary: Replay.Summary, unreadable: Int, since start: ContinuousClock.Instant
    ) {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        var rejected = Dictionary(
            uniqueKeysWithValues: summary.rejected.map { ($0.key.rawValue, $0.value) })
        if unreadable > 0 { rejected["unreadable"] = unreadable }
        let answer = ReplayAnswer(
            pingsRead: summary.pingsRead + unreadable, accepted: summary.accepted,
            rejected: rejected, matched: summary.matched, rows: summary.rows,
            wallSeconds: seconds, pingsPerSecond: Double(summary.pingsRead) / max(seconds, 1e-9),
            peakMemoryBytes: PeakMemory.bytes)
        print(json ? answer.json : answer.text)
    }
}

/// What a replay did.
private struct ReplayAnswer: Encodable {
    var pingsRead: Int
    var accepted: Int
    var rejected: [String: Int]
    var matched: Int
    var rows: Int
    var wallSeconds: Double
    var pingsPerSecond: Double
    var peakMemoryBytes: Int

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return (try? encoder.encode(self)).map(\.text) ?? "{}"
    }

    var text: String {
        let reasons = rejected.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return "\(pingsRead) pings read, \(accepted) accepted, \(matched) on a run; rejected: "
            + (reasons.isEmpty ? "none" : reasons.joined(separator: ", ")) + "\n"
            + "\(rows) rows in \(String(format: "%.1f", wallSeconds)) s, "
            + "\(Int(pingsPerSecond)) pings a second, peak \(peakMemoryBytes >> 20) MiB"
    }
}

/// The feeds of a replay, one file per feed and round.
private struct FeedFolder {
    private let folder: URL
    private let version: String
    private var encoder = FeedEncoder()

    init(_ path: String, version: String) throws {
        folder = URL(fileURLWithPath: path)
        self.version = version
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    mutating func write(_ snapshot: Snapshot) throws {
        let header = FeedHeader(timestamp: snapshot.madeAt.unix, feedVersion: version)
        let feeds = encoder.encode(snapshot, header: header)
        try write(feeds.tripUpdates, "trip-updates", header)
        try write(feeds.vehiclePositions, "vehicle-positions", header)
    }

    private func write(_ bytes: [UInt8], _ name: String, _ header: FeedHeader) throws {
        let file = folder.appendingPathComponent("\(header.timestamp).\(name).pb")
        try Data(bytes).write(to: file)
    }
}

/// The most memory that the process has held.
private enum PeakMemory {
    static var bytes: Int {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }
}

/// Timetables named on the command line.
enum Timetables {
    static func load(_ path: String) throws -> NetworkLoad {
        do {
            return try ScheduleLoader.load(path: path)
        } catch {
            throw CommandFault(.unreachable, "\(error)")
        }
    }
}
