import Synchronization
import Testing

@testable import Service

@Suite(.timeLimit(.minutes(5))) struct `Work that cannot be cancelled` {
    private struct Broken: Error {}

    /// Work that goes on until it is let go, whatever becomes of its task.
    private final class Stubborn: Sendable {
        private let isReleased = Mutex(false)
        let hasEnded = Mutex(false)

        func release() { isReleased.withLock { $0 = true } }

        func work() async -> Int {
            while !isReleased.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(1)) }
            hasEnded.withLock { $0 = true }
            return 7
        }
    }

    @Test func `gives what it comes to`() async throws {
        #expect(try await abandonable(within: .seconds(1000)) { 7 } == 7)
        await #expect(throws: Broken.self) {
            try await abandonable(within: .seconds(1000)) { throw Broken() }
        }
    }

    @Test func `is left when it takes too long, and ends by itself`() async throws {
        let stubborn = Stubborn()
        await #expect(throws: CancellationError.self) {
            try await abandonable(within: .milliseconds(5)) { await stubborn.work() }
        }
        #expect(!stubborn.hasEnded.withLock { $0 })
        stubborn.release()
        try await eventually("the end") { stubborn.hasEnded.withLock { $0 } }
    }

    @Test func `is left when nobody waits for it any more`() async throws {
        let stubborn = Stubborn()
        let waiter = Task {
            try await abandonable(within: .seconds(1000)) { await stubborn.work() }
        }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        stubborn.release()
        try await eventually("the end") { stubborn.hasEnded.withLock { $0 } }
    }
}
