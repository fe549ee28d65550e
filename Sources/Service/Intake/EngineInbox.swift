import Synchronization
import TransitModel

/// Pings that are on the disk, or could not be put there, on their way to the engine.
///
/// When the engine falls behind, older points of each vehicle give way to newer ones; those on the
/// disk are lived through later.
final class EngineInbox: Sendable {
    private struct State {
        var pings: [Ping] = []
        var passedOver = 0
    }

    /// Rings when something was announced.
    let doorbell = Doorbell()
    private let capacity: Int
    private let state = Mutex(State())

    /// Keeps at most so many pings waiting.
    init(capacity: Int = 20_000) { self.capacity = capacity }

    /// How many pings have given way to newer ones so far.
    var passedOver: Int { state.withLock { $0.passedOver } }

    /// Adds pings, to be announced.
    func put(_ pings: [Ping]) {
        state.withLock { state in
            state.pings += pings
            if state.pings.count > capacity { thin(&state) }
        }
    }

    /// Has the engine look for what has come.
    func announce() {
        if state.withLock({ !$0.pings.isEmpty }) { doorbell.ring() }
    }

    /// Hands over what has come, oldest arrival first, at most so many.
    func take(atMost count: Int = .max) -> [Ping] {
        state.withLock { state in
            guard count < state.pings.count else {
                defer { state.pings = [] }
                return state.pings
            }
            defer { state.pings.removeFirst(count) }
            return Array(state.pings.prefix(count))
        }
    }

    /// Leaves each vehicle its newest points, as many as make half of the capacity together.
    private func thin(_ state: inout State) {
        let vehicles = Dictionary(grouping: state.pings.indices) { state.pings[$0].vehicleID }
        let share = max(1, capacity / 2 / vehicles.count)
        var kept: [Int] = []
        for indices in vehicles.values {
            kept += indices.sorted { state.pings[$0].timestamp > state.pings[$1].timestamp }
                .prefix(share)
        }
        let left = kept.sorted().map { state.pings[$0] }
        state.passedOver += state.pings.count - left.count
        state.pings = left
    }
}
