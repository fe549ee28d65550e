import ETAEngine
import Storage
import TransitModel

/// An engine that has lived through the last hours of the journal.
struct Revival: Sendable {
    var engine: Engine
    /// When the last of those pings was received.
    var lastPing: Timestamp

    /// Lives through the journal up to `now`; off the actor, since it takes about a second.
    ///
    /// Pings of later than that come from a clock that was ahead, and stay out.
    @concurrent
    static func make(
        network: Network, stores: Stores, at now: Timestamp
    ) async throws(StorageFault) -> Revival {
        let start = now - LiveService.memory
        var revival = Revival(engine: Engine(network: network), lastPing: start)
        try stores.journal.forEachPing(receivedSince: start) { ping in
            guard ping.receivedAt <= now else { return }
            revival.engine.receive(ping)
            revival.lastPing = ping.receivedAt
        }
        // What was kept already holds the lessons of these pings; they must not count twice.
        let learned = try stores.travelTimes.load()
        if !learned.isEmpty { revival.engine.recall(learned) }
        return revival
    }
}
