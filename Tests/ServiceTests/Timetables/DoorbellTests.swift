import Synchronization
import Testing

@testable import Service

struct DoorbellTests {
    private final class Answers: Sendable {
        private let mutex = Mutex(0)

        var count: Int { mutex.withLock { $0 } }

        func add() { mutex.withLock { $0 += 1 } }
    }

    @Test func `a storm of rings is answered once while it lasts and once after it`() async {
        let bell = Doorbell()
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let (start, starter) = AsyncStream.makeStream(of: Void.self)
        let answers = Answers()
        await withTaskGroup { group in
            group.addTask {
                await bell.answer {
                    answers.add()
                    starter.yield()
                    for await _ in gate {}
                }
            }
            bell.ring()
            for await _ in start { break }
            for _ in 0..<100 { bell.ring() }
            bell.fallSilent()
            opener.finish()
            await group.waitForAll()
        }
        #expect(answers.count == 2)
    }
}
