import Dispatch
import Foundation
import Testing

@testable import Service

struct LongWorkTests {
    @Test(.timeLimit(.minutes(1)))
    func `takes no thread from others`() async {
        let gate = DispatchSemaphore(value: 0)
        await withTaskGroup { group in
            // Twice as much as there are threads for async code.
            let count = 2 * ProcessInfo.processInfo.activeProcessorCount
            for _ in 0..<count { group.addTask { await LongWork.run { gate.wait() } } }
            for _ in 0..<count { await Task { _ = gate.signal() }.value }
        }
    }

    @Test func `gives back what it makes, or its error`() async throws {
        #expect(await LongWork.run { 7 } == 7)
        await #expect(throws: CancellationError.self) {
            try await LongWork.run { throw CancellationError() }
        }
    }
}
