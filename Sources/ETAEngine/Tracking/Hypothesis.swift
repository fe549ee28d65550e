import Geometry
import TransitModel

/// One reading of a vehicle's movement: on this line, at this distance.
///
/// In less than 64 bytes, so that one is moved by a few instructions and not by a call.
struct Hypothesis: Hashable, Sendable {
    /// When the place was last confirmed by a fix.
    var timestamp: Timestamp
    var place: LinePlace
    private var lineNumber: Int32
    /// Fixes in a row that were nowhere near.
    var misses: Int32
    /// Natural logarithm of what movement says for it, relative to the other hypotheses.
    @Narrow var evidence: Double
    /// Natural logarithm of what the source's present claims say for it.
    @Narrow var prior: Double
    /// Natural logarithm of what the timetable says for it; 0 where it was not asked.
    @Narrow var fit = 0.0
    /// Metres moved forward along the line since the hypothesis was born.
    @Narrow var travelled: Double

    init(
        line: Int, place: LinePlace, timestamp: Timestamp, evidence: Double, prior: Double,
        travelled: Double = 0, misses: Int32 = 0
    ) {
        lineNumber = Int32(line)
        self.place = place
        self.timestamp = timestamp
        self.misses = misses
        self.evidence = evidence
        self.prior = prior
        self.travelled = travelled
    }

    var line: Int { Int(lineNumber) }
    /// Metres along the line.
    var distance: Double { place.distance }

    /// Natural logarithm of what movement and the source say for it.
    var support: Double { evidence + prior }
    /// Natural logarithm of the belief in it; 0 for the best.
    var belief: Double { Double(_evidence.stored + _prior.stored + _fit.stored) }
}

/// The hypotheses of a vehicle, the most believed first, in fixed memory.
///
/// A fix makes new ones out of the old: there is room for both, in turns.
struct HypothesisList: Sendable {
    /// Hypotheses kept.
    static let capacity = 8

    /// Out of the way of who copies a vehicle, and read where it lies.
    private var slots: [Hypothesis]
    /// Where the present ones start: 0 or ``capacity``.
    private var base = 0
    private(set) var count = 0

    init() {
        let none = Hypothesis(
            line: -1, place: LinePlace(pass: 0, segment: 0, distance: 0, offset: 0),
            timestamp: Timestamp(0), evidence: 0, prior: 0)
        slots = [Hypothesis](repeating: none, count: 2 * Self.capacity)
    }

    var indices: Range<Int> { 0..<count }
    var first: Hypothesis? { count > 0 ? self[0] : nil }

    subscript(index: Int) -> Hypothesis {
        @inline(__always) get { slots[base + index] }
        @inline(__always) set { slots[base + index] = newValue }
    }

    mutating func removeAll() { count = 0 }

    /// Begins an empty list; returns how many there were, which ``old(_:)`` still gives.
    mutating func turn() -> Int {
        defer {
            base = Self.capacity - base
            count = 0
        }
        return count
    }

    /// A hypothesis of the list before the last ``turn()``.
    @inline(__always)
    func old(_ index: Int) -> Hypothesis { slots[Self.capacity - base + index] }

    /// Enters a hypothesis at its place in the order; what is least believed falls off the end.
    ///
    /// Of two on one line within `twins` metres only the more believed stays.
    mutating func insert(_ new: Hypothesis, twins: Double) {
        var position = 0
        while position < count, !Self.precedes(new, self[position]) {
            if Self.areTwins(self[position], new, within: twins) { return }
            position += 1
        }
        var moved = new
        var end = position
        for index in position..<count {
            let next = self[index]
            if Self.areTwins(next, new, within: twins) { continue }
            self[end] = moved
            moved = next
            end += 1
        }
        if end < Self.capacity {
            self[end] = moved
            end += 1
        }
        count = end
    }

    /// Sets what the timetable says for each, and puts them in order again.
    mutating func weigh(_ fit: (Hypothesis) -> Double) {
        for index in indices {
            var moved = self[index]
            moved.fit = fit(moved)
            var position = index
            while position > 0, Self.precedes(moved, self[position - 1]) {
                self[position] = self[position - 1]
                position -= 1
            }
            self[position] = moved
        }
    }

    /// Drops what is believed less than `floor` and measures evidence from the best.
    mutating func settle(floor: Double) {
        guard let top = first?.belief else { return }
        for index in indices { self[index].evidence -= top }
        while count > 0, self[count - 1].belief < floor { count -= 1 }
    }

    private static func precedes(_ one: Hypothesis, _ other: Hypothesis) -> Bool {
        one.belief != other.belief ? one.belief > other.belief : one.line < other.line
    }

    private static func areTwins(
        _ one: Hypothesis, _ other: Hypothesis, within metres: Double
    ) -> Bool {
        one.line == other.line && abs(one.distance - other.distance) < metres
    }
}

extension HypothesisList: Hashable {
    static func == (one: HypothesisList, other: HypothesisList) -> Bool {
        one.count == other.count && one.indices.allSatisfy { one[$0] == other[$0] }
    }

    func hash(into hasher: inout Hasher) {
        for index in indices { hasher.combine(self[index]) }
    }
}

/// What a source claims about where a vehicle belongs.
struct Claim: Hashable, Sendable {
    var line: Int?
    var route: RouteIndex?
    var direction: Int?
    /// As ``LineSet/headsign(_:)`` numbers it.
    var headsign: Int32?
    /// Metres along `line` where the timetable has the claimed trip.
    var expectedDistance: Double?
}
