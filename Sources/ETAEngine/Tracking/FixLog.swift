import Geometry
import TransitModel

/// The last fixes of a vehicle, believed or not, in fixed memory.
struct FixLog: Sendable {
    /// Fixes kept.
    static let capacity = 16

    private var slots: InlineArray<16, VehicleExplanation.Fix>
    private var head = 0
    private(set) var count = 0

    init() {
        slots = InlineArray(
            repeating: VehicleExplanation.Fix(
                timestamp: Timestamp(0), coordinate: Coordinate(latitude: 0, longitude: 0),
                outcome: .accepted))
    }

    /// Enters a fix in place of the oldest; O(1).
    mutating func append(_ fix: VehicleExplanation.Fix) {
        slots[head] = fix
        head = (head + 1) % Self.capacity
        count = min(count + 1, Self.capacity)
    }

    /// The fixes, the newest first.
    var newestFirst: [VehicleExplanation.Fix] {
        (0..<count).map { slots[(head - 1 - $0 + Self.capacity) % Self.capacity] }
    }
}

extension FixLog: Hashable {
    static func == (one: FixLog, other: FixLog) -> Bool { one.newestFirst == other.newestFirst }

    func hash(into hasher: inout Hasher) { hasher.combine(newestFirst) }
}
