import Dispatch
import Foundation
import Synchronization

/// Work that several cores share.
enum SideBySide {
    /// How many cores this process may use.
    static let coreCount = ProcessInfo.processInfo.activeProcessorCount

    /// Does `second` here while another thread does `first`, and returns what both made.
    static func run<First: Sendable, Second>(
        _ first: @escaping @Sendable () -> First,
        _ second: () -> Second
    ) -> (First, Second) {
        let slot = Slot<First>()
        let group = DispatchGroup()
        group.enter()
        // A thread of its own: who waits here may hold the last one of a shared pool.
        Thread.detachNewThread {
            slot.put(first())
            group.leave()
        }
        let own = second()
        group.wait()
        guard let other = slot.take() else { preconditionFailure("the other thread made nothing") }
        return (other, own)
    }

    /// What `transform` makes of each number below `count`, in order.
    static func map<Element: Sendable>(
        count: Int,
        _ transform: @Sendable (Int) -> Element
    ) -> [Element] {
        let length = max(16, count / 64)
        let starts = Array(stride(from: 0, to: count, by: length))
        let parts = Mutex([[Element]](repeating: [], count: starts.count))
        DispatchQueue.concurrentPerform(iterations: starts.count) { part in
            let made = (starts[part]..<min(starts[part] + length, count)).map(transform)
            parts.withLock { $0[part] = made }
        }
        return parts.withLock { $0.flatMap { $0 } }
    }
}

/// Hands one value from one thread to another.
private final class Slot<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    func put(_ new: Value) { value.withLock { $0 = new } }
    func take() -> Value? { value.withLock { $0.take() } }
}
