import Synchronization
import Testing

@testable import Service

struct DoorbellTests {
    private final class Answers: Sendable {
        private let mutex = Mutex(0)

        var count: Int { mutex.withLock { $0 } }

        func add() { mutex.withLock { $0 += 1 } }
    }

    @Test func `a storm of rings is answered once while it lasts and once after it`() async throws {
        let bell = Doorbell()
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let answers = Answers()
        try await withThrowingTaskGroup { group in
            group.addTask {
                await bell.answer {
                    answers.add()
                    for await _ in gate {}
                }
            }
            bell.ring()
            try await eventually("it is answered") { answers.count == 1 }
            for _ in 0..<100 { bell.ring() }
            bell.fallSilent()
            opener.finish()
            try await group.waitForAll()
        }
        #expect(answers.count == 2)
    }
}
