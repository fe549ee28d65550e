import NIOCore
import Synchronization

/// Carries answers from the thread that commits to the threads of their connections, all of a commit
/// at once.
///
/// One by one they would wake those threads, and the clients, as often as there are requests.
final class AnswerRelay: Sendable {
    private let desks = Mutex<[Desk]>([])

    /// Where answers to connections of an event loop are put.
    func desk(of loop: any EventLoop) -> Desk {
        desks.withLock { desks in
            if let desk = desks.first(where: { $0.loop === loop }) { return desk }
            desks.append(Desk(loop))
            return desks[desks.count - 1]
        }
    }

    /// Has everything that was put on the desks sent.
    func handOver() {
        for desk in desks.withLock({ $0 }) { desk.handOver() }
    }

    /// The answers on their way to the connections of one event loop.
    final class Desk: Sendable {
        typealias Delivery = (lane: NIOLoopBound<IngestLane>, answer: IngestAnswer)

        let loop: any EventLoop
        private let waiting = Mutex<[Delivery]>([])
        private let isTurnMarked = Mutex(false)

        fileprivate init(_ loop: any EventLoop) { self.loop = loop }

        /// Does something once the loop has been through all connections on which something has come;
        /// once for all who ask meanwhile.
        func afterThisTurn(_ action: @escaping @Sendable () -> Void) {
            let isMarked = isTurnMarked.withLock { isMarked in
                defer { isMarked = true }
                return isMarked
            }
            guard !isMarked else { return }
            loop.execute {
                self.isTurnMarked.withLock { $0 = false }
                action()
            }
        }

        /// Leaves an answer here until the next hand-over; one that is made on the loop's own thread,
        /// since nothing had to be written, goes out as soon as that is free.
        func put(_ answer: IngestAnswer, for lane: NIOLoopBound<IngestLane>) {
            waiting.withLock { $0.append((lane, answer)) }
            if loop.inEventLoop { handOver() }
        }

        fileprivate func handOver() {
            guard waiting.withLock({ !$0.isEmpty }) else { return }
            loop.execute { self.deliver() }
        }

        private func deliver() {
            let deliveries = waiting.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
            for delivery in deliveries { delivery.lane.value.send(delivery.answer) }
        }
    }
}
