import Foundation
import GRDB
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
        #expect(try journal.pings(receivedSince: Timestamp(0)).count == 4000)
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
        #expect(try journal.pings(receivedSince: Timestamp(0)) == [ping("bus 0", at: 0)])
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
        let kept = try PingJournal(scratch.database()).pings(receivedSince: Timestamp(0))
        #expect(kept.count { $0.vehicleID == "46" } == acknowledged)
        #expect([0, 9000].contains(kept.count { $0.vehicleID == "lost?" }))
    }

    private func setPages(_ count: Int) throws {
        _ = try database.write { try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(count)") }
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
