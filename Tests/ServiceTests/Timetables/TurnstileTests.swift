import Synchronization
import Testing

@testable import Service

struct TurnstileTests {
    private final class Counter: Sendable {
        let running = Mutex((now: 0, most: 0, order: [Int]()))

        func enter(_ number: Int) {
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
                $0.order.append(number)
            }
        }

        func leave() { running.withLock { $0.now -= 1 } }
    }

    @Test func `one is through before the next begins, though both wait for something`()
        async throws
    {
        let (turnstile, counter) = (Turnstile(), Counter())
        try await withThrowingTaskGroup { group in
            for number in 0..<20 {
                group.addTask {
                    try await turnstile.pass {
                        counter.enter(number)
                        await Task.yield()
                        counter.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(counter.running.withLock { $0.most } == 1)
        #expect(counter.running.withLock { $0.order.sorted() } == Array(0..<20))
    }

    @Test func `all are let through in the order in which they came`() async throws {
        let (turnstile, counter) = (Turnstile(), Counter())
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        // The first holds up the others until all have come.
        let first = Task.immediate {
            try await turnstile.pass { for await _ in gate {} }
        }
        let others = (0..<20).map { number in
            Task.immediate {
                try await turnstile.pass {
                    // Without the turnstile the last would be the first.
                    for _ in number..<20 { await Task.yield() }
                    counter.enter(number)
                }
            }
        }
        opener.finish()
        for task in [first] + others { try await task.value }
        #expect(counter.running.withLock { $0.order } == Array(0..<20))
    }

    @Test func `an error reaches who asked, and the next goes on`() async throws {
        struct Trouble: Error {}
        let turnstile = Turnstile()
        await #expect(throws: Trouble.self) { try await turnstile.pass { throw Trouble() } }
        #expect(try await turnstile.pass { 7 } == 7)
    }
}
