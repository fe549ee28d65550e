import ETAEngine
public import TransitModel

/// Recorded pings sent through a baseline on the virtual clock of a ``Replay``.
///
/// The rows are those that a ``Replay`` writes, and a ping is seen when it was received. Only which
/// runs there will be is known beforehand: rows are written for those that some ping of the record
/// names. Stops up to 45 minutes ahead are foretold.
public struct BaselineReplay: Sendable {
    private let network: Network
    private let method: BaselineMethod
    private let every: Int

    /// Makes a replay.
    ///
    /// - Parameters:
    ///   - network: the timetable.
    ///   - method: how to foretell.
    ///   - every: seconds between two rounds of predictions.
    public init(network: Network, method: BaselineMethod, every: Int = 60) {
        self.network = network
        self.method = method
        self.every = every
    }

    /// Runs all pings, which must be sorted by `receivedAt`, through the baseline.
    ///
    /// - Parameters:
    ///   - pings: the recorded pings, with the trips that buses were on.
    ///   - rows: takes the prediction CSV, header first, in chunks that end with a line.
    /// - Returns: what became of the pings; accepted are those newer than the vehicle's last.
    /// - Throws: whatever `rows` throws; the replay then stops.
    public func run(
        _ pings: [Ping], rows: ([UInt8]) throws -> Void
    ) rethrows -> Replay.Summary {
        let roster = RunRoster(pings, on: network)
        var round = Round(
            predictor: BaselinePredictor(method, roster: roster, network: network),
            writer: PredictionRowWriter(network: network))
        var clock = ReplayClock(interval: every)
        for ping in pings {
            for tick in clock.advance(to: ping.receivedAt) { try round.publish(at: tick, rows) }
            round.receive(ping)
        }
        if let tick = clock.finish() { try round.publish(at: tick, rows) }
        try round.writer.flush(into: rows)
        round.summary.rows = round.writer.rowCount
        return round.summary
    }
}

/// A baseline on its way through a record, with what is written and counted.
private struct Round {
    var predictor: BaselinePredictor
    var writer: PredictionRowWriter
    var summary = Replay.Summary()

    mutating func receive(_ ping: Ping) {
        summary.pingsRead += 1
        do throws(PingRejection) {
            if try predictor.receive(ping) { summary.matched += 1 }
            summary.accepted += 1
        } catch {
            summary.rejected[error, default: 0] += 1
        }
    }

    mutating func publish(at tick: Int64, _ rows: ([UInt8]) throws -> Void) rethrows {
        summary.snapshots += 1
        writer.append(predictor.predictions(at: Double(tick)), madeAt: Timestamp(unix: tick))
        if writer.isFull { try writer.flush(into: rows) }
    }
}
