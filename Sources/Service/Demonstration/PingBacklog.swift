import TransitModel

/// The pings that a tracker has not yet handed over, oldest first; the oldest give way when there
/// are too many.
struct PingBacklog: Sendable {
    private let limit: Int
    private let batchSize: Int
    private var pings: [Ping] = []
    /// How many of the first are under way.
    private var underWay = 0

    init(limit: Int = 600, batchSize: Int = 20) {
        self.limit = limit
        self.batchSize = batchSize
    }

    /// Appends a ping.
    mutating func add(_ ping: Ping) {
        pings.append(ping)
        guard pings.count > limit else { return }
        pings.removeFirst()
        underWay = max(0, underWay - 1)
    }

    /// The next pings to send, which stay until they are ``settle()``d; nil when there are none.
    mutating func batch() -> [Ping]? {
        underWay = min(batchSize, pings.count)
        return pings.isEmpty ? nil : Array(pings.prefix(underWay))
    }

    /// Removes the batch that is under way: it was answered for good.
    mutating func settle() {
        pings.removeFirst(underWay)
        underWay = 0
    }
}
