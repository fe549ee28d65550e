import ArgumentParser
import Foundation
import Ingestion
import Simulation
import TransitModel

/// `transpadang simulate`.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Drive virtual buses through a day; write their pings and the truth.")

    @Option(help: "GTFS folder or zip.")
    var gtfs: String

    @Option(help: "How many buses.")
    var buses: Int

    @Option(help: "Start: unix seconds, or ISO 8601 with an offset.")
    var from: String

    @Option(help: "Hours to drive.")
    var hours: Double

    @Option(help: "What everything random comes from.")
    var seed: UInt64

    @Option(help: "Where the pings go, as `replay` reads them; gzipped when it ends in .gz.")
    var pings: String

    @Option(help: "Where the true stop events go, as `score` reads them.")
    var truth: String

    @Option(help: "Where what buses truly did goes, as `replay --tracking` reads it.")
    var labels: String?

    @Flag(help: "Send all pings through the form of Dishub's socket, which loses some of them.")
    var dishub = false

    @OptionGroup var faultOptions: FaultOptions

    func validate() throws {
        if !(1...100_000).contains(buses) { throw ValidationError("--buses takes 1 to 100000") }
        if !(hours > 0 && hours <= 24 * 366) { throw ValidationError("--hours takes up to a year") }
    }

    func run() async throws {
        let network = try Timetables.load(gtfs).network
        let start = try moment()
        var fleet = Fleet(
            network: network, buses: buses, seed: seed, startingAt: start,
            faults: faultOptions.faults)
        var socket = dishub ? DishubPassage(network: network) : nil
        let record = SimulationRecord(network: network)
        let pingFile = try OutputFile(pings)
        let truthFile = try OutputFile(truth)
        let labelFile = try labels.map { try OutputFile($0) }
        try pingFile.write(Self.bytes([SimulationRecord.pingHeader]))
        try labelFile?.write(Self.bytes([SimulationRecord.labelHeader]))
        try truthFile.write(Self.bytes([SimulationRecord.truthHeader]))
        for minute in 1...max(1, Int((hours * 60).rounded(.up))) {
            let now = start + min(Double(minute) * 60, hours * 3600)
            let reports = fleet.advance(to: now)
            let heard = reports.map(\.ping)
            let received = socket?.pass(heard, until: now) ?? heard
            try pingFile.write(Self.bytes(received.map { record.line(for: $0) }))
            try labelFile?.write(Self.bytes(reports.compactMap(record.label(for:))))
            try truthFile.write(Self.bytes(fleet.takeTruth().compactMap(record.line(for:))))
        }
        try pingFile.close()
        try labelFile?.close()
        try truthFile.close()
    }

    private func moment() throws -> Timestamp {
        if let seconds = Double(from) { return Timestamp(seconds) }
        guard let date = try? Date(from, strategy: .iso8601) else {
            throw CommandFault(
                .usage, "--from \(from): write unix seconds or 2026-11-23T06:00:00+07:00")
        }
        return Timestamp(date.timeIntervalSince1970)
    }

    private static func bytes(_ lines: [String]) -> [UInt8] {
        Array(lines.map { $0 + "\n" }.joined().utf8)
    }
}
