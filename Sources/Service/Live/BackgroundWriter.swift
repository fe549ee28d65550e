import Dispatch
import Logging

/// Writes that nobody waits for, one after the other on a queue of their own, so that a slow disk
/// holds up neither readers nor the engine; the service goes on when one fails.
struct BackgroundWriter: Sendable {
    private let queue = DispatchQueue(label: "transpadang.background", qos: .utility)
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    /// Writes when its turn comes; `failure` says in the log what is lost if that fails.
    func write(_ failure: String, _ work: @escaping @Sendable () throws -> Void) {
        queue.async { [logger] in
            do {
                try work()
            } catch {
                logger.error("\(failure): \(error)")
            }
        }
    }

    /// Returns once everything asked for before has been tried.
    func drain() async {
        await withCheckedContinuation { waiter in queue.async { waiter.resume() } }
    }
}
