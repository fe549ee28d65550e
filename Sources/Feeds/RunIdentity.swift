import TransitModel

/// What the outside calls one run of a trip: the words of a GTFS-Realtime TripDescriptor.
struct RunIdentity: Hashable, Sendable {
    var tripID: String
    var routeID: String
    var directionID: Int?
    /// `YYYYMMDD`.
    var startDate: String
    /// `HH:MM:SS`: the run's start where the trip has frequencies, else the first arrival of the
    /// timetable, with which validators compare it letter by letter.
    var startTime: String
    /// Whether the start tells runs of one trip and day apart.
    var hasFrequencies: Bool
    /// Whether only a headway is promised, so that there is no timetable to be late against.
    var isHeadwayOnly: Bool

    init(_ instance: TripInstance, in network: Network) {
        let trip = network.trips[instance.trip]
        let pattern = network.patterns[trip.pattern]
        let start = instance.startTime ?? network.stopTime(of: instance.trip, at: 0).arrival
        tripID = trip.id
        routeID = network.routes[pattern.route].id
        directionID = pattern.direction
        startDate = instance.serviceDate.text
        startTime = start.text
        hasFrequencies = !trip.frequencies.isEmpty
        isHeadwayOnly = trip.isHeadwayOnly
    }

    /// The id of its trip update, the same for as long as the run lives.
    var entityID: String {
        hasFrequencies
            ? "trip:\(tripID):\(startDate):\(startTime)" : "trip:\(tripID):\(startDate)"
    }
}
