import TransitModel

/// One bus's way over one link.
struct Traversal: Hashable, Sendable {
    /// When the bus reached the end of the link.
    var exit: Timestamp
    /// (Seconds from arrival at the start to arrival at the end) / (the timetable's seconds).
    var ratio: Double
}

/// The latest traversals of one link, in fixed memory: the newest takes the place of the oldest.
struct TraversalRing: Sendable {
    static let capacity = 16
    private var slots: InlineArray<16, Traversal>
    private var head = 0
    /// How many traversals are held, at most ``capacity``.
    private(set) var count = 0

    init() {
        slots = InlineArray(repeating: Traversal(exit: Timestamp(0), ratio: 1))
    }

    /// Enters a traversal; O(1), never allocates.
    mutating func insert(_ traversal: Traversal) {
        slots[head] = traversal
        head = (head + 1) % Self.capacity
        count = min(count + 1, Self.capacity)
    }

    /// The traversal entered `age` insertions ago, 0 for the newest; `age` must be under `count`.
    subscript(age age: Int) -> Traversal {
        slots[(head - 1 - age + 2 * Self.capacity) % Self.capacity]
    }
}

extension TraversalRing: Equatable {
    static func == (one: TraversalRing, other: TraversalRing) -> Bool {
        one.count == other.count
            && (0..<one.count).allSatisfy { one[age: $0] == other[age: $0] }
    }
}
