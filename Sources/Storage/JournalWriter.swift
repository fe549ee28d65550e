import Dispatch
import Synchronization
public import TransitModel

/// Writes batches of many senders to the journal together: while one commit waits for the disk,
/// whatever arrives meanwhile gathers, and the next commit takes all of it.
///
/// So a lone ping is on the disk after one sync, and a thousand senders share one. Nothing waits
/// for a timer. Commits run on a queue of their own, never on the threads of async code.
public final class JournalWriter: Sendable {
    private let journal: PingJournal
    private let capacity: Int
    private let queue = DispatchQueue(label: "transpadang.journal", qos: .userInitiated)
    private let waiting = Mutex(Waiting())

    /// Makes a writer that keeps at most `capacity` pings waiting in memory.
    public init(_ journal: PingJournal, capacity: Int = 10_000) {
        self.journal = journal
        self.capacity = capacity
    }

    /// How many commits there have been; fewer than batches when senders shared them.
    public var commitCount: Int { waiting.withLock { $0.commitCount } }

    /// How many pings wait for the commit after the one that runs.
    public var waitingCount: Int { waiting.withLock { $0.pingCount } }

    /// Answers once the pings are on the disk: for each whether it is new.
    ///
    /// Throws without writing when too much is waiting already, and when the commit failed; the
    /// sender must then send again. A failed commit fails all batches in it and no later one.
    public func append(_ pings: [Ping]) async throws(StorageFault) -> [Bool] {
        guard !pings.isEmpty else { return [] }
        try PingJournal.check(pings)
        let outcome: Result<[Bool], StorageFault> = await withCheckedContinuation { sender in
            enqueue(Batch(pings: pings, sender: sender))
        }
        return try outcome.get()
    }

    private func enqueue(_ batch: Batch) {
        switch waiting.withLock({ $0.add(batch, capacity: capacity) }) {
        case .queued: break
        case .first: queue.async { self.commitUntilNothingWaits() }
        case .refused: batch.sender.resume(returning: .failure(overload))
        }
    }

    private func commitUntilNothingWaits() {
        while true {
            let batches = waiting.withLock { $0.takeAll() }
            if batches.isEmpty { return }
            commit(batches)
        }
    }

    private func commit(_ batches: [Batch]) {
        do throws(StorageFault) {
            var answers = try journal.append(batches.flatMap(\.pings))[...]
            for batch in batches {
                batch.sender.resume(returning: .success(Array(answers.prefix(batch.pings.count))))
                answers = answers.dropFirst(batch.pings.count)
            }
        } catch {
            for batch in batches { batch.sender.resume(returning: .failure(error)) }
        }
    }

    private var overload: StorageFault {
        StorageFault(
            .overloaded,
            "more than \(capacity) pings wait for the disk: send again in a second"
        )
    }
}

/// One sender's pings and where its answer goes.
private struct Batch: Sendable {
    var pings: [Ping]
    var sender: CheckedContinuation<Result<[Bool], StorageFault>, Never>
}

/// What has arrived since the last commit began.
private struct Waiting {
    enum Admission {
        case queued, first, refused
    }

    private var batches: [Batch] = []
    private(set) var pingCount = 0
    private var isCommitting = false
    private(set) var commitCount = 0

    /// Lets a batch in unless that would go beyond the capacity; a batch alone always gets in.
    mutating func add(_ batch: Batch, capacity: Int) -> Admission {
        guard batches.isEmpty || pingCount + batch.pings.count <= capacity else { return .refused }
        batches.append(batch)
        pingCount += batch.pings.count
        defer { isCommitting = true }
        return isCommitting ? .queued : .first
    }

    /// Empties the queue; when it is empty already the commits end until the next batch.
    mutating func takeAll() -> [Batch] {
        isCommitting = !batches.isEmpty
        if isCommitting { commitCount += 1 }
        pingCount = 0
        defer { batches = [] }
        return batches
    }
}
