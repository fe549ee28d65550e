import ETAEngine
import Storage
import Synchronization
import TransitModel

/// How well riders were told: what is known since the last write in memory, all else on the disk.
///
/// Calls are entered and pages written in the background; readers get figures that are a few seconds
/// old.
final class Gradebook: Sendable {
    /// What was graded since the start and is on the disk.
    struct Counts: Sendable {
        var tallies: [RunPhase: AccuracyTally] = [:]
    }

    fileprivate struct Reading: Sendable {
        var madeAt: Timestamp
        var figures: AccuracyFigures
    }

    fileprivate struct State: Sendable {
        var account = AccuracyAccount()
        /// The page that is being written.
        var inHand = AccuracyAccount.Page()
        var pagesWritten = 0
        var counts = Counts()
        var readings: [ServiceDate: Reading] = [:]
    }

    /// Seconds for which figures hold.
    static let secondsHeld = 15
    /// So many readings are held at most.
    private static let readingsHeld = 8

    private let store: AccuracyStore
    private let state = Mutex(State())
    /// Readings are made one at a time, however many are asked for.
    private let turnstile = Turnstile()

    init(_ store: AccuracyStore) { self.store = store }

    /// What was graded since the start, but for the last minute.
    var counts: Counts { state.withLock { $0.counts } }

    /// What waits to be written.
    var unwritten: AccuracyAccount.Page { state.withLock { $0.unwritten } }

    /// Enters calls that were seen on a network.
    func enter(_ calls: [GradedCall], on network: Network) {
        state.withLock { state in
            for call in calls { state.account.enter(call, on: network) }
        }
    }

    /// Writes down what was entered since the last time; what cannot be written waits for the next.
    func keep(at now: Timestamp) throws(StorageFault) {
        let page = state.withLock { state in
            state.inHand = state.account.takePage()
            return state.inHand
        }
        guard !page.isEmpty else { return }
        do {
            try store.add(page, at: now)
        } catch {
            state.withLock { $0.putBack() }
            throw error
        }
        state.withLock { $0.noteWritten() }
    }

    /// What is known since a service date.
    func figures(since date: ServiceDate, at now: Timestamp) async throws -> AccuracyFigures {
        if let held = held(since: date, at: now) { return held }
        return try await turnstile.pass {
            if let held = self.held(since: date, at: now) { return held }
            let figures = try await LongWork.run(.little) { () throws(StorageFault) in
                try self.read(since: date, at: now)
            }
            self.hold(figures, since: date, at: now)
            return figures
        }
    }

    private func read(
        since date: ServiceDate, at now: Timestamp
    ) throws(StorageFault) -> AccuracyFigures {
        while true {
            let (page, count) = state.withLock { ($0.unwritten, $0.pagesWritten) }
            var figures = AccuracyFigures(
                byDate: try store.sums(since: date, by: .date),
                byHour: try store.sums(since: date, by: .hour),
                byStop: try store.sums(since: date, by: .stop),
                misses: try store.misses(since: now - AccuracyStore.missesKept))
            // What was written meanwhile would count twice, or not at all.
            guard state.withLock({ $0.pagesWritten == count }) else { continue }
            figures.add(page, since: date)
            return figures
        }
    }

    private func held(since date: ServiceDate, at now: Timestamp) -> AccuracyFigures? {
        state.withLock { state in
            guard let reading = state.readings[date],
                abs(now - reading.madeAt) < Double(Self.secondsHeld)
            else { return nil }
            return reading.figures
        }
    }

    private func hold(_ figures: AccuracyFigures, since date: ServiceDate, at now: Timestamp) {
        state.withLock { state in
            if state.readings.count >= Self.readingsHeld { state.readings = [:] }
            state.readings[date] = Reading(madeAt: now, figures: figures)
        }
    }
}

extension Gradebook.State {
    fileprivate var unwritten: AccuracyAccount.Page {
        var page = account.page
        page.add(inHand)
        return page
    }

    fileprivate mutating func putBack() {
        account.putBack(inHand)
        inHand = AccuracyAccount.Page()
    }

    fileprivate mutating func noteWritten() {
        for (key, tally) in inHand.sums.tallies where key.hour != nil {
            counts.tallies[key.phase, default: AccuracyTally()] += tally
        }
        inHand = AccuracyAccount.Page()
        pagesWritten += 1
    }
}
