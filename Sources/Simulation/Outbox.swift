import TransitModel

/// Reports on their way, handed over in order of receipt; of equal moments the first added leads.
struct Outbox: Sendable {
    private var waiting: [(ping: SimulatedPing, number: Int)] = []
    private var count = 0

    /// Puts a report on its way.
    mutating func add(_ ping: SimulatedPing) {
        waiting.append((ping, count))
        count += 1
    }

    /// Removes and returns what has been received by a moment.
    mutating func take(until now: Timestamp) -> [SimulatedPing] {
        let split = waiting.partition { $0.ping.ping.receivedAt <= now }
        let received = waiting[split...].sorted {
            ($0.ping.ping.receivedAt, $0.number) < ($1.ping.ping.receivedAt, $1.number)
        }
        waiting.removeSubrange(split...)
        return received.map(\.ping)
    }
}
