import ETAEngine
import Storage
import TransitModel

/// An engine that has lived through the last hours of the journal.
struct Revival: Sendable {
    var engine: Engine
    /// What the timetable's stops and routes are.
    var recognition: Recognition
    /// What ids of older timetables mean in this one.
    var formerIDs: FormerIDs
    /// When the last of those pings was received.
    var lastPing: Timestamp
    /// The last row of the journal that was there to be lived through.
    var lastRow: PingJournal.Row

    /// The timetable before, which this one may know the trips of.
    struct Predecessor: Sendable {
        var network: Network
        var formerIDs: FormerIDs
    }

    /// Lives through the journal up to `now`; off the actor, since it takes about a second.
    ///
    /// Pings of later than that come from a clock that was ahead, and stay out.
    @concurrent
    static func make(
        of timetable: ServedTimetable, after older: Predecessor?, stores: Stores, at now: Timestamp
    ) async throws(StorageFault) -> Revival {
        let network = timetable.network
        let start = now - LiveService.memory
        let recognition = Recognition(network)
        var formerIDs = try stores.ids.formerIDs(in: recognition)
        if let older {
            formerIDs.addTrips(
                from: older.network, knowing: older.formerIDs, to: recognition,
                on: network.serviceDay.date(at: now))
        } else {
            formerIDs.trips = try stores.ids.formerTrips(of: network, timetable.fingerprint)
        }
        var revival = Revival(
            engine: Engine(network: network), recognition: recognition,
            formerIDs: formerIDs, lastPing: start, lastRow: .beforeAll)
        try revival.live(through: stores.journal, since: start, at: now)
        // What was kept already holds the lessons of these pings; they must not count twice.
        let learned = try stores.travelTimes.load()
        if !learned.isEmpty { revival.engine.recall(learned) }
        return revival
    }

    /// Lives through the journal up to `now` once more under the same timetable, with the pings that
    /// came late in their turn; off the actor, too.
    @concurrent
    static func again(
        on network: Network, _ recognition: Recognition, _ formerIDs: FormerIDs,
        journal: PingJournal, at now: Timestamp
    ) async throws(StorageFault) -> Revival {
        let start = now - LiveService.memory
        var revival = Revival(
            engine: Engine(network: network), recognition: recognition, formerIDs: formerIDs,
            lastPing: start, lastRow: .beforeAll)
        try revival.live(through: journal, since: start, at: now)
        return revival
    }

    private mutating func live(
        through journal: PingJournal, since start: Timestamp, at now: Timestamp
    ) throws(StorageFault) {
        lastRow = try journal.forEachPing(takenSince: start) { ping in
            guard ping.receivedAt <= now else { return }
            engine.relive(formerIDs.translated(ping, to: engine.network))
            lastPing = max(lastPing, ping.receivedAt)
        }
    }
}
