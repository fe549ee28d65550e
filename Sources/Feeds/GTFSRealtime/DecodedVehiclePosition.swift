public import ETAEngine
public import Geometry
public import TransitModel

/// Where one vehicle is.
public struct DecodedVehiclePosition: Hashable, Sendable {
    /// The run it is on.
    public var trip: DecodedTripDescriptor?
    /// Who it is.
    public var vehicle: DecodedVehicleDescriptor?
    /// Where it is; as exact as 32-bit floats are, about a metre.
    public var coordinate: Coordinate?
    /// Degrees clockwise from north.
    public var bearing: Double?
    /// Metres a second.
    public var speed: Double?
    /// `stop_sequence` of the call that ``currentStatus`` speaks of.
    public var currentStopSequence: Int?
    /// GTFS id of that stop.
    public var stopID: String?
    /// Where it stands relative to that stop.
    public var currentStatus: StopStatus?
    /// When the position was measured, in seconds since 1970.
    public var timestamp: Int64?
    /// How full it is.
    public var occupancy: Occupancy?
}
