public import TransitModel

/// One bus of the fleet: where it is, what it is doing and who drives it.
public struct VirtualBus: Sendable {
    /// What a bus is doing.
    public enum State: Hashable, Sendable {
        /// On the road, or held by a red light.
        case driving
        /// At a stop with its doors open.
        case atStop
        /// Stopped by a fault for some minutes.
        case brokenDown
        /// Between the end of one trip and the start of the next, driving empty.
        case deadheading
        /// At the first stop of its next trip.
        case layover
    }

    /// Hull number.
    public let vehicleID: String
    /// The route it works.
    public let route: RouteIndex
    /// What it is doing.
    public internal(set) var state: State
    /// The run under way, or the next one between trips.
    public internal(set) var run: Run
    /// Metres along the pattern's line.
    public internal(set) var distanceAlong: Double
    /// Metres a second.
    public internal(set) var speed = 0.0
    /// Passengers on board.
    public internal(set) var load = 0

    var nextStop = 1
    var nextCall: Call?
    var arrivedAt = Timestamp(0)
    var resumesAt = Timestamp(0)
    var nextLight = 0
    var deadhead: Deadhead?
    var directionText: String
    var driver: Driver

    /// What will happen at the next stop, once it is near.
    struct Call: Sendable {
        var boarding: Int
        var alighting: Int
        var isSkipped: Bool
    }

    init(vehicleID: String, route: RouteIndex, run: Run, directionText: String, seed: Seed) {
        self.vehicleID = vehicleID
        self.route = route
        self.run = run
        self.directionText = directionText
        state = .layover
        distanceAlong = 0
        driver = Driver(seed: seed)
    }
}

/// One run of a trip by one bus.
public struct Run: Hashable, Sendable {
    /// The trip, or the template of the run where only a headway is promised.
    public var trip: TripIndex
    /// Its pattern.
    public var pattern: PatternIndex
    /// The day whose service it belongs to.
    public var serviceDate: ServiceDate
    /// When it leaves its first stop.
    public var departure: Timestamp
    /// Which of the route's directions it takes, from 0.
    var direction: Int
    /// Scheduled seconds from first to last stop.
    var duration: Double
}
