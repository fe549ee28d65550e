import ETAEngine
import TransitModel

/// Whether what is foretold of one vehicle is what the snapshot of all says of it.
struct Agreement {
    private(set) var compared = 0
    private(set) var differing = 0

    /// Seconds of feed time between two comparisons.
    private static let interval = 300.0

    /// Replays pings and compares now and then, untimed.
    init(_ network: Network, _ pings: [Ping]) {
        var engine = Engine(network: network)
        var next = (pings.first?.receivedAt ?? Timestamp(0)) + Self.interval
        for ping in pings {
            if ping.receivedAt >= next {
                compare(&engine, at: next)
                next = next + Self.interval
            }
            engine.receive(ping)
        }
    }

    private mutating func compare(_ engine: inout Engine, at now: Timestamp) {
        let snapshot = engine.snapshot(at: now)
        for trip in snapshot.trips where trip.source == .live || trip.source == .terminal {
            guard let vehicle = trip.vehicleID,
                snapshot.vehicle(id: vehicle)?.instance == trip.instance
            else { continue }
            compared += 1
            if engine.prediction(of: vehicle, at: now) != trip { differing += 1 }
        }
    }
}
