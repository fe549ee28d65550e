/// One run of a trip: what a GTFS-Realtime TripDescriptor names.
public struct TripInstance: Hashable, Sendable {
    /// The trip.
    public var trip: TripIndex
    /// The day whose service it belongs to.
    public var serviceDate: ServiceDate
    /// When the run started, for trips with frequencies; nil for timetabled trips.
    ///
    /// Once published it names the run for good, whatever is learned later.
    public var startTime: ServiceTime?

    /// Makes an instance.
    public init(trip: TripIndex, serviceDate: ServiceDate, startTime: ServiceTime? = nil) {
        self.trip = trip
        self.serviceDate = serviceDate
        self.startTime = startTime
    }
}

extension Network {
    /// The scheduled moments of an instance at a stop.
    ///
    /// For a run of a trip with frequencies these are the trip's times moved to its start; where
    /// only a headway is promised they are running times, not promises.
    public func scheduled(
        _ instance: TripInstance, at position: Int
    ) -> (arrival: Timestamp, departure: Timestamp) {
        let time = stopTime(of: instance.trip, at: position)
        let shift = instance.startTime.map { $0.seconds - departure(of: instance.trip).seconds }
        let origin = serviceDay.origin(of: instance.serviceDate) + Double(shift ?? 0)
        return (origin + Double(time.arrival.seconds), origin + Double(time.departure.seconds))
    }
}
