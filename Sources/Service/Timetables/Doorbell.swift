/// However often it rings while somebody is answering, it is answered once more, not as often.
struct Doorbell: Sendable {
    private let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (rings, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Asks for an answer.
    func ring() { continuation.yield() }

    /// Rings no more; what has rung is still answered.
    func fallSilent() { continuation.finish() }

    /// Does work for each answer, one after the other, until it falls silent.
    func answer(_ work: () async -> Void) async {
        for await _ in rings { await work() }
    }
}
