import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Service

struct AnswerRelayTests {
    private final class Bell: Sendable {
        let rings = Mutex(0)

        func ring() { rings.withLock { $0 += 1 } }
    }

    @Test func `each event loop has one desk`() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let relay = AnswerRelay()
        let (one, other) = (group.next(), group.next())
        #expect(relay.desk(of: one) === relay.desk(of: one))
        #expect(relay.desk(of: one) !== relay.desk(of: other))
        try await group.shutdownGracefully()
    }

    @Test func `what is to be done after a turn is done once for all who asked`() async throws {
        let loop = NIOSingletons.posixEventLoopGroup.next()
        let (desk, bell) = (AnswerRelay().desk(of: loop), Bell())
        for turn in 1...3 {
            try await loop.submit {
                for _ in 0..<5 { desk.afterThisTurn(bell.ring) }
                #expect(bell.rings.withLock { $0 } == turn - 1)
            }.get()
            try await loop.submit {}.get()
            #expect(bell.rings.withLock { $0 } == turn)
        }
    }
}
