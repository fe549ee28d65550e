public import TransitModel

extension Sequence where Element == Ping {
    /// The order in which the past is lived through again: by fix time, then by vehicle.
    ///
    /// No two fixes of a vehicle may be of one moment.
    public func inOrderOfFixes() -> [Ping] {
        sorted { ($0.timestamp, $0.vehicleID) < ($1.timestamp, $1.vehicleID) }
    }
}
