public import TransitModel

/// A position report with the truth behind it.
public struct SimulatedPing: Hashable, Sendable {
    /// What is heard: corridor and direction text, but neither trip nor GTFS direction.
    public var ping: Ping
    /// Whether the position is wrong beyond noise: 0/0, far away or exchanged.
    public var isWild: Bool
    /// Whether it repeats the fix before it.
    public var isRepeat: Bool
    /// Metres along the pattern's line when the fix was taken; nil between trips.
    public var trueDistanceAlong: Double?
    /// The pattern driven; nil between trips.
    public var truePattern: PatternIndex?
    /// The trip driven, or the template of the run; between trips that of the next one.
    public var trueTrip: TripIndex?
    /// What the bus was doing when the fix was taken.
    public var state: VirtualBus.State
}

/// What truly happened at one stop.
public struct TrueStopEvent: Hashable, Sendable {
    /// The bus.
    public var vehicleID: String
    /// The pattern driven.
    public var pattern: PatternIndex
    /// The trip, or for headway service the template of the run.
    public var trip: TripIndex
    /// The day whose service the run belongs to.
    public var serviceDate: ServiceDate
    /// When the run truly left its first stop; reckoned back for runs under way at the start.
    public var startTime: ServiceTime
    /// Position of the stop in the pattern, from 0.
    public var position: Int
    /// When the bus came to a stand at the stop, or passed it.
    public var arrival: Timestamp
    /// When it left; the arrival where it passed and at the last stop.
    public var departure: Timestamp
}
