import Dispatch
import Synchronization
public import TransitModel

/// Writes batches of many senders to the journal together: while one commit waits for the disk,
/// whatever arrives meanwhile gathers, and the next commit takes all of it.
///
/// So a lone ping is on the disk after one sync, and a thousand senders share one. Nothing waits
/// for a timer. Commits run on a queue of their own, never on the threads of async code.
public final class JournalWriter: Sendable {
    /// For each ping of a batch whether it is new, or why none was kept.
    public typealias Answer = Result<[Bool], StorageFault>

    private let journal: PingJournal
    private let capacity: Int
    private let queue = DispatchQueue(label: "transpadang.journal", qos: .userInitiated)
    private let waiting = Mutex(WaitingBatches())
    private let afterwards = Mutex(Afterwards())

    /// Makes a writer that keeps at most `capacity` pings waiting in memory.
    public init(_ journal: PingJournal, capacity: Int = 10_000) {
        self.journal = journal
        self.capacity = capacity
    }

    /// How many commits there have been; fewer than batches when senders shared them.
    public var commitCount: Int { waiting.withLock { $0.commitCount } }

    /// How many pings wait for the commit after the one that runs.
    public var waitingCount: Int { waiting.withLock { $0.pingCount } }

    /// Has something done each time after the senders of a commit, or senders turned away, were told,
    /// on the thread that told them.
    public func afterEachCommit(_ action: @escaping @Sendable () -> Void) {
        afterwards.withLock { $0 = Afterwards(action: action) }
    }

    /// Answers once the pings are on the disk: for each whether it is new.
    ///
    /// Throws without writing when too much is waiting already, and when the commit failed; the
    /// sender must then send again. A failed commit fails all batches in it and no later one.
    public func append(_ pings: [Ping]) async throws(StorageFault) -> [Bool] {
        guard !pings.isEmpty else { return [] }
        let answer: Answer = await withCheckedContinuation { sender in
            submit(pings) { sender.resume(returning: $0) }
            begin()
        }
        return try answer.get()
    }

    /// Has pings written with the next commit and tells `sender` once they are on the disk, or why
    /// they are not.
    ///
    /// ``begin()`` is to be called after the last of several that come at once.
    ///
    /// When more waits than is kept in memory, older points of the same vehicle give way, and their
    /// senders are told so; what is left over the capacity is refused. `sender` is called on the
    /// thread that commits, or before this returns, and must be quick.
    public func submit(
        _ pings: [Ping],
        signed signature: MessageSequence? = nil,
        then sender: @escaping @Sendable (Answer) -> Void
    ) {
        let batch = JournalBatch(pings: pings, signature: signature)
        let turnedAway = waiting.withLock {
            $0.add(WaitingBatch(batch: batch, sender: sender), capacity: capacity)
        }
        if !turnedAway.isEmpty { turnAway(turnedAway) }
    }

    /// Begins to commit what waits, unless a commit is under way, which takes it along.
    public func begin() {
        guard waiting.withLock({ $0.begin() }) else { return }
        queue.async { self.commitUntilNothingWaits() }
    }

    private func commitUntilNothingWaits() {
        while true {
            let batches = waiting.withLock { $0.takeAll() }
            if batches.isEmpty { return }
            commit(batches)
            afterwards.withLock { $0 }.action()
        }
    }

    private func turnAway(_ batches: [WaitingBatch]) {
        for batch in batches { batch.sender(.failure(overload)) }
        afterwards.withLock { $0 }.action()
    }

    private func commit(_ batches: [WaitingBatch]) {
        do throws(StorageFault) {
            let answers = try journal.write(batches.map(\.batch))
            for (batch, answer) in zip(batches, answers) { batch.sender(answer) }
        } catch {
            for batch in batches { batch.sender(.failure(error)) }
        }
    }

    private var overload: StorageFault {
        StorageFault(
            .overloaded,
            "more than \(capacity) pings wait for the disk: send again in a second"
        )
    }
}

/// One sender's pings and who is told of them.
private struct WaitingBatch: Sendable {
    var batch: JournalBatch
    var sender: @Sendable (JournalWriter.Answer) -> Void
}

/// What to do after each commit; a bare closure would be wrapped once more each time it is looked at.
private struct Afterwards: Sendable {
    var action: @Sendable () -> Void = {}
}

/// What has arrived since the last commit began.
private struct WaitingBatches {
    private var batches: [WaitingBatch] = []
    private(set) var pingCount = 0
    private var isCommitting = false
    private(set) var commitCount = 0

    /// Lets a batch in if there is room, or if older points of its vehicle leave enough of it; a batch
    /// alone always gets in.
    ///
    /// Answers those for whom there is no room, the newcomer perhaps among them.
    mutating func add(_ newcomer: WaitingBatch, capacity: Int) -> [WaitingBatch] {
        let count = newcomer.batch.pings.count
        let older = hasRoom(for: count, capacity) ? [] : makeRoom(for: newcomer.batch, capacity)
        guard hasRoom(for: count, capacity) else { return older + [newcomer] }
        batches.append(newcomer)
        pingCount += count
        return older
    }

    /// Whether commits must begin, since something waits and nobody commits.
    mutating func begin() -> Bool {
        guard !isCommitting, !batches.isEmpty else { return false }
        isCommitting = true
        return true
    }

    private func hasRoom(for count: Int, _ capacity: Int) -> Bool {
        batches.isEmpty || pingCount + count <= capacity
    }

    /// Takes out older batches of the newcomer's vehicle, the oldest first; none when that would not
    /// be enough.
    private mutating func makeRoom(for newcomer: JournalBatch, _ capacity: Int) -> [WaitingBatch] {
        guard let vehicleID = newcomer.vehicleID else { return [] }
        let older = batches.indices
            .filter { batches[$0].batch.vehicleID == vehicleID }
            .filter { batches[$0].batch.newest < newcomer.newest }
            .sorted { batches[$0].batch.newest < batches[$1].batch.newest }
        var leaving: Set<Int> = []
        var left = pingCount
        for index in older where left + newcomer.pings.count > capacity {
            leaving.insert(index)
            left -= batches[index].batch.pings.count
        }
        guard left + newcomer.pings.count <= capacity || left == 0 else { return [] }
        defer {
            batches = batches.indices.filter { !leaving.contains($0) }.map { batches[$0] }
            pingCount = left
        }
        return leaving.sorted().map { batches[$0] }
    }

    /// Empties the queue; when it is empty already the commits end until the next batch.
    mutating func takeAll() -> [WaitingBatch] {
        isCommitting = !batches.isEmpty
        if isCommitting { commitCount += 1 }
        pingCount = 0
        defer { batches = [] }
        return batches
    }
}
