import Foundation

/// Work that takes long without a pause, on a thread of its own.
///
/// Async code shares as many threads as there are processors. Work of seconds on the only one would
/// keep everybody waiting: no page would be served meanwhile, and no tracker let in.
enum LongWork {
    /// How much work matters beside that of other threads.
    enum Importance: Int32 {
        /// As much.
        case usual = 0
        /// A tenth, while there is not enough for all.
        case little = 10
    }

    /// Does work and returns or throws what it does.
    static func run<Value: Sendable, Failure: Error>(
        _ importance: Importance = .usual,
        _ work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await withCheckedContinuation { waiter in
            Thread.detachNewThread {
                // Linux takes it for the thread alone.
                if importance != .usual {
                    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, importance.rawValue)
                }
                waiter.resume(returning: Result(catching: work))
            }
        }
        return try result.get()
    }
}
