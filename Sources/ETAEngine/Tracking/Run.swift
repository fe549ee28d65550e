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
    /// When the timetable lets it leave; nil for a run without a timetable.
    let scheduledStart: Timestamp?
    /// How fast the vehicle was so far.
    var pace = Pace()
    /// When the vehicle came to the first stop, if it was seen to.
    var waitingSince: Timestamp?
    /// When the vehicle was last seen at the first stop.
    var lastAtStart: Timestamp?
    /// Whether it has left its first stop.
    private(set) var isUnderWay = false
    /// How far it has come, if it is under way: to be changed where it lies.
    var way = Progress.none
    /// Metres beyond the first stop at the last fix, of a vehicle that seems to leave.
    var leaving: Double?
    /// Fixes in a row far behind the furthest that was seen.
    var fellBehind = 0
    /// Fixes in a row at which another run was far more likely.
    var doubts = 0

    init(
        instance: TripInstance, pattern: PatternIndex, line: Int, isClaimed: Bool,
        reference: [Double], plannedDeparture: Timestamp, scheduledStart: Timestamp? = nil
    ) {
        self.instance = instance
        self.pattern = pattern
        self.line = line
        self.isClaimed = isClaimed
        self.reference = reference
        self.plannedDeparture = plannedDeparture
        self.scheduledStart = scheduledStart
    }

    /// The run of nobody.
    static var none: Run {
        Run(
            instance: TripInstance(trip: TripIndex(0), serviceDate: ServiceDate(dayNumber: 0)),
            pattern: PatternIndex(0), line: 0, isClaimed: false, reference: [],
            plannedDeparture: Timestamp(0))
    }

    /// How far it has come; nil while it waits to depart.
    var progress: Progress? {
        @inline(__always) get { isUnderWay ? way : nil }
        set {
            isUnderWay = newValue != nil
            way = newValue ?? .none
        }
    }

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
