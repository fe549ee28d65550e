public import TransitModel

extension Engine {
    /// What a rider would see of a vehicle at a moment, as a snapshot has it; nil before its first
    /// believed fix.
    public func status(of vehicleID: String, at now: Timestamp) -> VehicleStatus? {
        vehicle(id: vehicleID).flatMap { status(of: $0, at: now) }
    }
}
