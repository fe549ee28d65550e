import Geometry
import TransitModel

/// A vehicle's work on one trip instance.
struct Run: Hashable, Sendable {
    let instance: TripInstance
    let pattern: PatternIndex
    let line: Int
    /// Whether the source named the trip.
    let isClaimed: Bool
    /// Seconds from departure at the first stop to arrival at each, after the timetable.
    let reference: [Double]
    /// When the run is to leave its first stop; what was thought when the run was made.
    let plannedDeparture: Timestamp
    /// When the vehicle came to the first stop, if it was seen to.
    var waitingSince: Timestamp?
    /// When the vehicle was last seen at the first stop.
    var lastAtStart: Timestamp?
    /// How far it has come; nil while it waits to depart.
    var progress: Progress?
    /// Metres beyond the first stop at the last fix, of a vehicle that seems to leave.
    var leaving: Double?
    /// Fixes in a row far behind the furthest that was seen.
    var fellBehind = 0
    /// Fixes in a row at which another run was far more likely.
    var doubts = 0

    /// Takes in that the vehicle is at the first stop.
    mutating func stand(at moment: Timestamp) {
        lastAtStart = moment
        leaving = nil
        if waitingSince == nil { waitingSince = moment }
    }

    /// Whether the last stop is reached.
    func isFinished(in pattern: TripPattern) -> Bool {
        progress.map { $0.nextStop > pattern.lastPosition } ?? false
    }
}
