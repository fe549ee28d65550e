/// Predictions for one run.
public struct DecodedTripUpdate: Hashable, Sendable {
    /// The run.
    public var trip: DecodedTripDescriptor
    /// The vehicle on it.
    public var vehicle: DecodedVehicleDescriptor?
    /// When the newest measurement behind it was taken, in seconds since 1970.
    public var timestamp: Int64?
    /// Seconds late at that moment.
    public var delay: Int?
    /// Its calls.
    public var stopTimeUpdates: [DecodedStopTimeUpdate] = []
}

/// Prediction for one call.
public struct DecodedStopTimeUpdate: Hashable, Sendable {
    /// How a call relates to the timetable, with the numbers of GTFS-Realtime.
    public enum Relationship: Int, Hashable, Sendable, CaseIterable {
        case scheduled = 0
        case skipped = 1
        case noData = 2
        case unscheduled = 3
    }

    /// `stop_sequence` of the call.
    public var stopSequence: Int?
    /// GTFS stop id.
    public var stopID: String?
    /// When the vehicle comes.
    public var arrival: DecodedStopTimeEvent?
    /// When it leaves.
    public var departure: DecodedStopTimeEvent?
    /// How the call relates to the timetable.
    public var relationship: Relationship?
}

/// A predicted moment.
public struct DecodedStopTimeEvent: Hashable, Sendable {
    /// Seconds since 1970.
    public var time: Int64?
    /// Seconds after the timetable.
    public var delay: Int?
    /// Half-width of the error in seconds.
    public var uncertainty: Int?
}
