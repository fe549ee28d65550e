import Foundation
import GRDB
import Geometry
import Synchronization
import Testing
import TransitModel

@testable import Storage

@Suite struct `Journal writer` {
    let scratch: Scratch
    let database: Storage.Database
    let journal: PingJournal

    init() throws {
        scratch = try Scratch()
        database = try scratch.database()
        journal = PingJournal(database)
    }

    @Test func `two hundred senders are all answered and all kept`() async throws {
        let writer = JournalWriter(journal)
        let fresh = try await withThrowingTaskGroup(of: Int.self) { group in
            for sender in 0..<200 {
                group.addTask {
                    var fresh = 0
                    for second in 0..<20 {
                        let answers = try await writer.append([
                            ping("bus \(sender)", at: Double(second))
                        ])
                        fresh += answers.count { $0 }
                    }
                    return fresh
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(fresh == 4000)
        #expect(try journal.pings(takenSince: Timestamp(0)).count == 4000)
        #expect(writer.commitCount < 2000)
    }

    @Test func `each sender gets the answers to its own pings`() async throws {
        let writer = JournalWriter(journal)
        try journal.append((0..<50).map { ping("bus \($0)", at: 0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<100 {
                group.addTask {
                    let batch = (0...sender % 3).map { ping("bus \(sender)", at: Double($0)) }
                    let expected = batch.indices.map { $0 > 0 || sender >= 50 }
                    let answers = try await writer.append(batch)
                    #expect(answers == expected)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `whatever arrives during a commit goes into the next one`() async throws {
        let writer = JournalWriter(journal)
        let gate = Gate(database)
        gate.close()
        async let first = writer.append([ping("first", at: 0)])
        while writer.commitCount == 0 { await Task.yield() }
        async let others: Void = withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<100 {
                group.addTask { _ = try await writer.append([ping("bus \(sender)", at: 0)]) }
            }
            try await group.waitForAll()
        }
        while writer.waitingCount < 100 { await Task.yield() }
        gate.open()
        #expect(try await first == [true])
        try await others
        #expect(writer.commitCount == 2)
    }

    @Test func `of one ping sent by many at once, one is new`() async throws {
        let writer = JournalWriter(journal)
        let fresh = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask { try await writer.append([ping("46", at: 0)]).count { $0 } }
            }
            return try await group.reduce(0, +)
        }
        #expect(fresh == 1)
    }

    @Test func `no pings are answered at once`() async throws {
        #expect(try await JournalWriter(journal).append([]) == [])
    }

    @Test func `beyond its capacity it refuses, and takes again when there is room`() async throws {
        let writer = JournalWriter(journal, capacity: 10)
        let gate = Gate(database)
        gate.close()
        async let first = writer.append([ping("a", at: 0)])
        while writer.commitCount == 0 { await Task.yield() }
        async let second = writer.append((0..<10).map { ping("b", at: Double($0)) })
        while writer.waitingCount == 0 { await Task.yield() }
        let fault = await #expect(throws: StorageFault.self) {
            try await writer.append([ping("c", at: 0)])
        }
        #expect(fault?.kind == .overloaded)
        gate.open()
        #expect(try await first == [true])
        #expect(try await second.count == 10)
        #expect(try await writer.append([ping("c", at: 0)]) == [true])
    }

    @Test func `without room, older points of a vehicle give way to newer ones`() async throws {
        let writer = JournalWriter(journal, capacity: 4)
        let gate = Gate(database)
        gate.close()
        async let first = writer.append([ping("a", at: 0)])
        while writer.commitCount == 0 { await Task.yield() }
        let outcomes = Outcomes()
        for (vehicle, second) in [("46", 1.0), ("46", 2), ("7", 1), ("7", 2), ("46", 3)] {
            writer.submit([ping(vehicle, at: second)]) { outcomes.note(vehicle, second, $0) }
        }
        #expect(outcomes.turnedAway == ["46 at 1.0"])
        writer.submit([ping("46", at: 0.5)]) { outcomes.note("46", 0.5, $0) }
        writer.submit([ping("9", at: 9)]) { outcomes.note("9", 9, $0) }
        #expect(outcomes.turnedAway == ["46 at 1.0", "46 at 0.5", "9 at 9.0"])
        gate.open()
        _ = try await first
        while outcomes.count < 7 { await Task.yield() }
        let kept = try journal.pings(takenSince: Timestamp(0)).map(\.vehicleID)
        #expect(kept.count { $0 == "46" } == 2)
        #expect(kept.count { $0 == "7" } == 2)
    }

    @Test func `a signed message counts once, and a crash between does not change that`()
        async throws
    {
        let devices = DeviceStore(database)
        _ = try devices.add(
            Device(id: "modem", vehicleID: "46", isSigning: true, addedAt: Timestamp(0)))
        func send(_ number: Int64, _ second: Double) async -> JournalWriter.Answer {
            let writer = JournalWriter(journal)
            return await withCheckedContinuation { sender in
                writer.submit(
                    [ping("46", at: second)],
                    signed: MessageSequence(deviceID: "modem", number: number)
                ) { sender.resume(returning: $0) }
                writer.begin()
            }
        }
        #expect(try await send(0, 0).get() == [true])
        #expect(try await send(7, 1).get() == [true])
        for number in [0, 6, 7] as [Int64] {
            guard case .failure(let fault) = await send(number, 2) else {
                Issue.record("number \(number) was taken again")
                continue
            }
            #expect(fault.kind == .replayed)
        }
        #expect(try journal.pings(takenSince: Timestamp(0)).count == 2)
        #expect(try await send(8, 2).get() == [true])
    }

    @Test func `once all senders of a commit, or those turned away, were told, that is said`()
        async throws
    {
        let writer = JournalWriter(journal, capacity: 4)
        let outcomes = Outcomes()
        let counts = Mutex<[Int]>([])
        writer.afterEachCommit { counts.withLock { $0.append(outcomes.count) } }
        for second in 0..<4 {
            writer.submit([ping("46", at: Double(second))]) {
                outcomes.note("46", Double(second), $0)
            }
        }
        #expect(counts.withLock { $0 } == [])
        writer.submit([ping("7", at: 0)]) { outcomes.note("7", 0, $0) }
        #expect(counts.withLock { $0 } == [1])
        writer.begin()
        while outcomes.count < 5 { await Task.yield() }
        while counts.withLock({ $0.count }) < 2 { await Task.yield() }
        #expect(counts.withLock { $0 } == [1, 5])
        #expect(outcomes.turnedAway == ["7 at 0.0"])
    }

    @Test func `one bad batch does not spoil the commit of the others`() async throws {
        let writer = JournalWriter(journal)
        var broken = ping("46", at: 1)
        broken.coordinate.latitude = .nan
        let bad = broken
        let gate = Gate(database)
        gate.close()
        async let first = writer.append([ping("a", at: 0)])
        while writer.commitCount == 0 { await Task.yield() }
        async let good = writer.append([ping("7", at: 1)])
        let outcomes = Outcomes()
        writer.submit([ping("46", at: 0), bad]) { outcomes.note("46", 0, $0) }
        gate.open()
        #expect(try await first == [true])
        #expect(try await good == [true])
        while outcomes.count < 1 { await Task.yield() }
        #expect(outcomes.turnedAway == ["46 at 0.0"])
        #expect(try journal.pings(takenSince: Timestamp(0)).map(\.vehicleID) == ["a", "7"])
    }

    @Test func `a batch beyond the capacity gets in when nothing else waits`() async throws {
        let writer = JournalWriter(journal, capacity: 10)
        let burst = (0..<1200).map { ping("46", at: Double($0)) }
        #expect(try await writer.append(burst).allSatisfy { $0 })
        #expect(writer.commitCount == 1)
    }

    @Test func `a failed commit fails its senders and no later one`() async throws {
        let writer = JournalWriter(journal)
        try setPages(1)
        await withTaskGroup(of: StorageFault.Kind?.self) { group in
            for sender in 0..<20 {
                group.addTask {
                    let burst = (0..<500).map { ping("bus \(sender)", at: Double($0)) }
                    do throws(StorageFault) {
                        _ = try await writer.append(burst)
                        return nil
                    } catch {
                        return error.kind
                    }
                }
            }
            for await kind in group { #expect(kind == .diskFull) }
        }
        try setPages(1_000_000)
        #expect(try await writer.append([ping("bus 0", at: 0)]) == [true])
        #expect(try journal.pings(takenSince: Timestamp(0)) == [ping("bus 0", at: 0)])
    }

    @Test func `a closed database fails the sender`() async throws {
        let writer = JournalWriter(journal)
        try database.close()
        await #expect(throws: StorageFault.self) { try await writer.append([ping("a", at: 0)]) }
    }

    @Test(arguments: [1, 7, 60])
    func `what was acknowledged outlives a killed process`(acknowledged: Int) async throws {
        let path = scratch.path
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, acknowledged = acknowledged as Int] in
            let writer = JournalWriter(PingJournal(try Database(directory: path)))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for second in 0..<acknowledged {
                    group.addTask { _ = try await writer.append([ping("46", at: Double(second))]) }
                }
                try await group.waitForAll()
            }
            Task { try await writer.append((0..<9000).map { ping("lost?", at: Double($0)) }) }
            kill(getpid(), SIGKILL)
        }
        let kept = try PingJournal(scratch.database()).pings(takenSince: Timestamp(0))
        #expect(kept.count { $0.vehicleID == "46" } == acknowledged)
        #expect([0, 9000].contains(kept.count { $0.vehicleID == "lost?" }))
    }

    private func setPages(_ count: Int) throws {
        _ = try database.write { try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(count)") }
    }
}

/// What became of batches, in the order in which it was known.
private final class Outcomes: Sendable {
    private let known = Mutex<[(String, Bool)]>([])

    var count: Int { known.withLock { $0.count } }

    /// The batches that were not kept.
    var turnedAway: [String] { known.withLock { $0.filter { !$0.1 }.map(\.0) } }

    func note(_ vehicle: String, _ second: Double, _ answer: JournalWriter.Answer) {
        let isKept = (try? answer.get()) != nil
        known.withLock { $0.append(("\(vehicle) at \(second)", isKept)) }
    }
}

/// Keeps all commits waiting while it is closed.
private final class Gate: Sendable {
    private let database: Storage.Database
    private let opening = DispatchSemaphore(value: 0)

    init(_ database: Storage.Database) { self.database = database }

    func close() {
        let closed = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [database, opening] in
            try? database.write { _ in
                closed.signal()
                opening.wait()
            }
        }
        closed.wait()
    }

    func open() { opening.signal() }
}
