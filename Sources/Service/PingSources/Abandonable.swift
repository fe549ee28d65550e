/// Waits for work that cannot be cancelled, no longer than told.
///
/// Once nobody waits any more, the work goes on by itself and what it comes to is let go.
func abandonable<Value: Sendable>(
    within patience: Duration, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let (results, continuation) = AsyncThrowingStream.makeStream(of: Value.self)
    Task {
        do {
            continuation.yield(try await work())
        } catch {
            continuation.finish(throwing: error)
        }
    }
    let alarm = Task {
        try await Task.sleep(for: patience)
        continuation.finish()
    }
    defer { alarm.cancel() }
    for try await value in results { return value }
    throw CancellationError()
}
