public import TransitModel

/// What a vehicle truly was doing, in the words of OneBusAway's labels.
public enum TruePhase: String, Hashable, Sendable, CaseIterable {
    /// Running a trip.
    case inProgress = "IN_PROGRESS"
    /// Waiting at a terminal before the first trip of its block.
    case layoverBefore = "LAYOVER_BEFORE"
    /// Waiting at a terminal between two trips.
    case layoverDuring = "LAYOVER_DURING"
    /// On its way to the first trip of its block.
    case deadheadBefore = "DEADHEAD_BEFORE"
    /// Empty between two trips.
    case deadheadDuring = "DEADHEAD_DURING"
    /// In the depot.
    case atBase = "AT_BASE"
    /// The source named no trip, and nobody says what the vehicle was doing.
    case noTrip = "NO_TRIP"

    /// Whether it waits at a terminal.
    var isLayover: Bool { self == .layoverBefore || self == .layoverDuring }
}

/// Where a vehicle truly was in the timetable when a fix was taken.
public struct TrueMovement: Hashable, Sendable {
    /// What it was doing.
    public var phase: TruePhase
    /// The trip it ran, or would run next; nil when none is named that the timetable knows.
    public var trip: TripIndex?
    /// The route; nil when neither trip nor label tells.
    public var route: RouteIndex?
    /// The direction, where the timetable or the label has one.
    public var direction: Int?
    /// Metres along the line of the trip's pattern, if the label tells.
    public var distanceAlong: Double?

    /// Makes a movement of which only the phase is known.
    public init(phase: TruePhase) { self.phase = phase }

    /// Whether a trip or route is known that the vehicle was running.
    var isInService: Bool { phase == .inProgress && route != nil }

    /// Takes route and direction from a trip.
    mutating func take(_ trip: TripIndex, in network: Network) {
        let pattern = network.pattern(of: trip)
        self.trip = trip
        route = pattern.route
        direction = pattern.direction
    }
}
