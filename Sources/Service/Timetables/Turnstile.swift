/// Lets one piece of work through at a time, in the order in which they came.
///
/// An actor alone does not: it takes up other work wherever one waits.
actor Turnstile {
    private var last: Task<Void, Never>?

    /// Runs work when all that came before is through; returns or throws what it does.
    ///
    /// Work must not pass again from inside: it would wait for itself.
    func pass<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let before = last
        let task = Task {
            await before?.value
            return try await work()
        }
        last = Task { _ = await task.result }
        return try await task.value
    }
}
