public import TransitModel

/// A call that riders had been told wrong of, or nothing, some ten minutes before.
public struct Miss: Hashable, Sendable {
    /// What had been told.
    public struct Answer: Hashable, Sendable {
        /// When it was told.
        public var madeAt: Timestamp
        /// The arrival that was foretold.
        public var predicted: Timestamp
        /// What it rested on.
        public var source: PredictionSource
        /// Seconds since the vehicle's last fix; nil without a vehicle.
        public var fixAge: Double?

        /// Makes an answer.
        public init(
            madeAt: Timestamp, predicted: Timestamp, source: PredictionSource, fixAge: Double?
        ) {
            self.madeAt = madeAt
            self.predicted = predicted
            self.source = source
            self.fixAge = fixAge
        }
    }

    /// Who called.
    public var vehicleID: String
    /// GTFS trip.
    public var tripID: String
    /// The day whose service it was.
    public var serviceDate: ServiceDate
    /// GTFS route.
    public var routeID: String
    /// GTFS direction, if the feed gave one.
    public var directionID: Int?
    /// GTFS stop.
    public var stopID: String
    /// What riders call the stop.
    public var stopName: String
    /// When the vehicle came; at the first stop, when it left.
    public var arrival: Timestamp
    /// Where the bus was in its run when the rider asked.
    public var phase: RunPhase
    /// Why the rider was not told well.
    public var cause: MissCause
    /// What the rider was told about ten minutes before; nil for nothing.
    public var answer: Answer?
    /// What was told last before the vehicle came; nil for nothing.
    public var lastAnswer: Answer?

    /// Seconds by which the bus came later than foretold; nil for silence.
    public var error: Double? { answer.map { arrival - $0.predicted } }

    /// Minutes before the arrival at which it is judged whether a rider was told well.
    public static let minutesBefore = 10
    /// Seconds by which that minute may be another.
    static let tolerance = 90.0

    /// Seconds that it weighs; knowing nothing is as bad as being wrong by five minutes.
    public var weight: Double { error.map(abs) ?? 300 }

    /// Tells of a call, by ids of the network it was seen on.
    public init(
        _ call: GradedCall, on network: Network, phase: RunPhase, cause: MissCause,
        answer: Answer?
    ) {
        let pattern = network.patterns[call.pattern]
        let stop = network.stops[pattern.stops[call.position]]
        vehicleID = call.vehicleID
        tripID = network.trips[call.instance.trip].id
        serviceDate = call.instance.serviceDate
        routeID = network.routes[pattern.route].id
        directionID = pattern.direction
        stopID = stop.id
        stopName = stop.name
        arrival = call.arrival
        self.phase = phase
        self.cause = cause
        self.answer = answer
        lastAnswer = call.answers.last.map(Answer.init)
    }

    /// Makes a miss of what was kept.
    public init(
        vehicleID: String, tripID: String, serviceDate: ServiceDate, routeID: String,
        directionID: Int?, stopID: String, stopName: String, arrival: Timestamp, phase: RunPhase,
        cause: MissCause, answer: Answer?, lastAnswer: Answer?
    ) {
        self.vehicleID = vehicleID
        self.tripID = tripID
        self.serviceDate = serviceDate
        self.routeID = routeID
        self.directionID = directionID
        self.stopID = stopID
        self.stopName = stopName
        self.arrival = arrival
        self.phase = phase
        self.cause = cause
        self.answer = answer
        self.lastAnswer = lastAnswer
    }
}

extension Miss.Answer {
    init(_ answer: GradedCall.Answer) {
        self.init(
            madeAt: answer.madeAt, predicted: answer.predicted, source: answer.source,
            fixAge: answer.fixAge)
    }
}

/// The gravest misses, so many at most.
public struct WorstMisses: Sendable {
    /// How many are kept.
    public static let limit = 500

    private var misses: [Miss] = []

    /// Makes an empty list.
    public init() {}

    /// All of them, the gravest first.
    public var list: [Miss] { Array(inOrder.prefix(Self.limit)) }

    /// Adds one, unless there are enough that are worse.
    public mutating func add(_ miss: Miss) {
        misses.append(miss)
        // Sorted once in a while, not for each.
        if misses.count >= 2 * Self.limit { misses = list }
    }

    private var inOrder: [Miss] {
        misses.sorted { ($0.weight, $0.arrival) > ($1.weight, $1.arrival) }
    }
}
