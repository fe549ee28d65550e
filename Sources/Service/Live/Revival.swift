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

    /// Lives through the journal up to `now`, which takes about a second.
    ///
    /// Pings of later than that come from a clock that was ahead, and stay out.
    static func make(
        of timetable: ServedTimetable, after older: Predecessor?, stores: Stores, at now: Timestamp
    ) async throws(StorageFault) -> Revival {
        try await LongWork.run { () throws(StorageFault) in
            try Revival(timetable, after: older, stores, at: now)
        }
    }

    /// Lives through the journal up to `now` once more under the same timetable, with the pings that
    /// came late in their turn.
    static func again(
        on network: Network, _ recognition: Recognition, _ formerIDs: FormerIDs,
        journal: PingJournal, at now: Timestamp
    ) async throws(StorageFault) -> Revival {
        try await LongWork.run(.little) { () throws(StorageFault) in
            try Revival(network, recognition, formerIDs, journal, at: now)
        }
    }

    private init(
        _ timetable: ServedTimetable, after older: Predecessor?, _ stores: Stores, at now: Timestamp
    ) throws(StorageFault) {
        let network = timetable.network
        let recognition = Recognition(network)
        var formerIDs = try stores.ids.formerIDs(in: recognition)
        if let older {
            formerIDs.addTrips(
                from: older.network, knowing: older.formerIDs, to: recognition,
                on: network.serviceDay.date(at: now))
        } else {
            formerIDs.trips = try stores.ids.formerTrips(of: network, timetable.fingerprint)
        }
        try self.init(
            network, recognition, formerIDs, stores.journal, at: now,
            dismissed: stores.detours.dismissed())
        // What was kept already holds the lessons of these pings; they must not count twice.
        let learned = try stores.experience.load()
        if !learned.isEmpty { engine.recall(learned) }
    }

    private init(
        _ network: Network, _ recognition: Recognition, _ formerIDs: FormerIDs,
        _ journal: PingJournal, at now: Timestamp, dismissed: [String: Timestamp] = [:]
    ) throws(StorageFault) {
        let start = now - LiveService.memory
        engine = Engine(network: network)
        for (id, moment) in dismissed { engine.dismissDetour(id, at: moment) }
        self.recognition = recognition
        self.formerIDs = formerIDs
        lastPing = start
        lastRow = .beforeAll
        try live(through: journal, since: start, at: now)
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
