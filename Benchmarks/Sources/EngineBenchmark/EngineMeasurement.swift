import ETAEngine
import Foundation
import Ingestion
import Measuring
import TransitModel

/// The engine on Padang's corridors, with the pings of a simulated fleet prepared beforehand.
struct EngineMeasurement {
    private let arguments: Arguments
    private let network: Network
    private let rounds: Int

    init(_ arguments: Arguments) throws {
        self.arguments = arguments
        let path = arguments.options["gtfs"] ?? "GTFS/trans-padang"
        network = try ScheduleLoader.load(path: path).network
        rounds = arguments.number("rounds", 5)
    }

    /// How many pings a second one core takes.
    func measureCorridors() throws {
        let recording = record(
            buses: arguments.number("buses", FleetRecording.fleetSize), minutes: 360)
        let passes = (0..<rounds).map { _ in EnginePass(network, recording.pings).whole }
        show(passes[0], recording)
        let rates = passes.map { Double($0.pings) / $0.seconds }
        printFigure("pings_per_s", rates.median.rounded())
        printFigure("pings_per_s_least", (rates.min() ?? 0).rounded())
        printFigure("pings_per_s_most", (rates.max() ?? 0).rounded())
        printFigure("ns_per_ping", 1e9 / rates.median)
        printFigure("repeatable", Set(passes.map(\.checksum)).count == 1 ? 1 : 0)
        let agreement = Agreement(network, recording.pings)
        printFigure("compared_with_snapshots", agreement.compared)
        printFigure("differing_from_snapshots", agreement.differing)
    }

    /// Whether a ping costs more the more buses there are.
    func measureFleets() throws {
        let recordings = [77, 300, 1000, 3000].map { record(buses: $0, minutes: 60) }
        var passes = recordings.map { _ in [EnginePass.Part]() }
        for _ in 0..<rounds {
            for (index, recording) in recordings.enumerated() {
                // Short recordings more than once, so that all are measured about as long.
                let times = max(1, min(10, 100_000 / recording.pings.count))
                let parts = (0..<times).map { _ in EnginePass(network, recording.pings).whole }
                passes[index].append(parts.min { $0.seconds < $1.seconds } ?? parts[0])
            }
        }
        for (recording, passes) in zip(recordings, passes) {
            show(passes[0], recording, prefix: "buses_\(recording.buses)_")
            let cost = passes.map(Self.nanoseconds)
            printFigure("buses_\(recording.buses)_ns_per_ping", cost.median)
            printFigure(
                "buses_\(recording.buses)_bytes_per_bus", passes[0].memory / recording.buses)
        }
        for (recording, others) in zip(recordings, passes) {
            let ratios = zip(others, passes[0]).map { Self.nanoseconds($0) / Self.nanoseconds($1) }
            printFigure("buses_\(recording.buses)_ratio", ratios.median)
        }
    }

    /// Whether a ping costs more the longer the engine has run.
    ///
    /// The last part is at the same hours as the first, a day later, so that as many buses are on
    /// the same trips.
    func measureDay() throws {
        let hours = arguments.number("hours", 30)
        let count = arguments.number("parts", 5)
        let recording = record(
            buses: arguments.number("buses", FleetRecording.fleetSize), minutes: hours * 60)
        let passes = (0..<rounds).map { _ in
            EnginePass(network, recording.pings, parts: count).parts
        }
        for part in 0..<count {
            let prefix = "part_\(part + 1)_"
            show(passes[0][part], recording, prefix: prefix)
            printFigure(prefix + "ns_per_ping", passes.map { Self.nanoseconds($0[part]) }.median)
            let ratios = passes.map { Self.nanoseconds($0[part]) / Self.nanoseconds($0[0]) }
            printFigure(prefix + "ratio", ratios.median)
            printFigure(prefix + "engine_bytes", passes[0][part].memory)
        }
    }

    private func record(buses: Int, minutes: Int) -> FleetRecording {
        FleetRecording(
            of: network, buses: buses, minutes: arguments.number("minutes", minutes),
            seed: UInt64(arguments.number("seed", 20_261_122)))
    }

    private static func nanoseconds(_ part: EnginePass.Part) -> Double {
        part.seconds / Double(part.pings) * 1e9
    }

    private func show(_ part: EnginePass.Part, _ recording: FleetRecording, prefix: String = "") {
        printFigure(prefix + "buses", recording.buses)
        printFigure(prefix + "pings", part.pings)
        printFigure(prefix + "accepted", part.accepted)
        printFigure(prefix + "matched_share", Double(part.matched) / Double(part.accepted))
        printFigure(prefix + "predictions", part.predictions)
        printFigure(prefix + "stop_predictions", part.stopPredictions)
        printFigure(prefix + "stop_events", part.stopEvents)
        printFigure(prefix + "checksum", part.checksum)
    }
}
