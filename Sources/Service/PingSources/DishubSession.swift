import Synchronization

/// One connection's memory: when it was heard, and whether its sink has failed.
final class DishubSession: Sendable {
    private struct State {
        var watch: FeedWatch
        var hasSinkFailed = false
    }

    private let state: Mutex<State>

    init(silence: Duration) {
        state = Mutex(State(watch: FeedWatch(silence: silence, since: .now)))
    }

    /// How long the connection has brought what it is there for.
    var steadySeconds: Double { state.withLock { $0.watch.steadySeconds } }

    /// Notes that a message came; of the fleet or another.
    func heard(fleet: Bool) { state.withLock { $0.watch.heard(at: .now, fleet: fleet) } }

    /// Notes that the message has been dealt with.
    func waits() { state.withLock { $0.watch.waits(at: .now) } }

    /// Notes that pings could not be kept; true for the first time.
    func sinkFailed() -> Bool {
        state.withLock { state in
            defer { state.hasSinkFailed = true }
            return !state.hasSinkFailed
        }
    }

    /// Waits until the feed is dead, and throws then.
    func watch() async throws {
        while let deadline = state.withLock({ $0.watch.deadline(at: .now) }) {
            try await Task.sleep(until: deadline, clock: .continuous)
        }
        throw SourceFault(.silent, "the feed has fallen silent")
    }
}
