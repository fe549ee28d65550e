public import ETAEngine
public import TransitModel

/// Recorded pings sent through the production engine, which is asked for a vehicle's status right
/// after each ping of it that it believes.
///
/// Pings come in the order of receipt and the clock stands at the receipt of the last. The truth is
/// never shown to the engine unless the pings carry it and are not told to drop it.
public struct TrackingReplay: Sendable {
    /// The engine; it holds what the pings taught it.
    public private(set) var engine: Engine
    private let truth: TrackingTruth
    private let ignoresTripIDs: Bool

    /// Makes a replay on a fresh engine.
    ///
    /// - Parameters:
    ///   - network: the timetable.
    ///   - truth: what vehicles truly were doing.
    ///   - ignoreTripIDs: whether trip, route, direction and direction text are taken off the pings
    ///     before the engine sees them; the truth is read before.
    ///   - learned: what earlier days taught.
    public init(
        network: Network, truth: TrackingTruth, ignoreTripIDs: Bool = false,
        learned: Experience = Experience()
    ) {
        engine = Engine(network: network, learned: learned)
        self.truth = truth
        ignoresTripIDs = ignoreTripIDs
    }

    /// Runs all pings, which must be sorted by `receivedAt`, through the engine.
    public mutating func run(_ pings: some Sequence<Ping>) -> TrackingRecord {
        var record = TrackingRecord()
        for ping in pings {
            record.pings += 1
            let outcome = engine.receive(ignoresTripIDs ? ping.withoutClaims() : ping)
            guard outcome.isBelieved,
                let status = engine.status(of: ping.vehicleID, at: ping.receivedAt)
            else { continue }
            record.accepted += 1
            guard let movement = truth.movement(of: ping) else {
                record.unlabelled += 1
                continue
            }
            record.samples.append(
                TrackingSample(
                    ping: ping, status: status, truth: movement, network: engine.network))
        }
        _ = engine.takeStopEvents()
        return record
    }
}

/// All that was shown after each ping, beside the truth.
public struct TrackingRecord: Sendable {
    /// Pings given to the replay.
    public var pings = 0
    /// Pings that the engine believed.
    public var accepted = 0
    /// Of these, those of which nobody says what is true.
    public var unlabelled = 0
    /// The rest of them, in order of receipt.
    public var samples: [TrackingSample] = []
}
