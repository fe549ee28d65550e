public import TransitModel

/// A vehicle's call at a stop, as its pings show.
public struct StopEvent: Hashable, Sendable {
    /// Who called.
    public var vehicleID: String
    /// On which run.
    public var instance: TripInstance
    /// Position of the stop in the run's pattern.
    public var position: Int
    /// When the vehicle came, interpolated between fixes; nil at the start of a run.
    public var arrival: Timestamp?
    /// When it left; nil at the end of a run.
    public var departure: Timestamp?
    /// Seconds between the two fixes around the arrival: the most it can be wrong by.
    public var bracket: Double

    /// Makes an event.
    public init(
        vehicleID: String, instance: TripInstance, position: Int, arrival: Timestamp?,
        departure: Timestamp?, bracket: Double
    ) {
        self.vehicleID = vehicleID
        self.instance = instance
        self.position = position
        self.arrival = arrival
        self.departure = departure
        self.bracket = bracket
    }
}
