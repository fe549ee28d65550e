public import TransitModel

extension Engine {
    /// What a rider would see of a vehicle at a moment, as a snapshot has it; nil before its first
    /// believed fix.
    public func status(of vehicleID: String, at now: Timestamp) -> VehicleStatus? {
        guard let vehicle = number(ofVehicle: vehicleID) else { return nil }
        return status(of: vehicle, at: now)
    }
}
