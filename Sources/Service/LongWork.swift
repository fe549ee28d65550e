import Dispatch

/// Work that takes long without a pause, on a thread of its own.
///
/// Async code shares as many threads as there are processors. Work of seconds on the only one would
/// keep everybody waiting: no page would be served meanwhile, and no tracker let in.
enum LongWork {
    /// Does work and returns or throws what it does.
    static func run<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await withCheckedContinuation { waiter in
            // Only a serial queue gets more threads than there are processors.
            DispatchQueue(label: "transpadang.long-work").async {
                waiter.resume(returning: Result(catching: work))
            }
        }
        return try result.get()
    }
}
