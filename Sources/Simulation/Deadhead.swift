import Geometry
import TransitModel

/// A straight drive without riders from the end of one trip to the start of the next.
struct Deadhead: Hashable, Sendable {
    let from: PlanePoint
    let to: PlanePoint
    let start: Timestamp

    /// Metres a second.
    static let speed = 6.0

    /// When it is over.
    var end: Timestamp { start + from.distance(to: to) / Self.speed }

    /// Where the bus is at a moment.
    func point(at moment: Timestamp) -> PlanePoint {
        let length = end - start
        let share = length > 0 ? min(1, max(0, (moment - start) / length)) : 1
        return PlanePoint(x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share)
    }
}
