import Geometry
public import TransitModel

/// Pings in, predictions out: clean, locate, track, learn, predict.
///
/// Pure and deterministic: the same network, learned times and pings give the same snapshots. Time
/// comes in as an argument, and a ping counts only from when it was received.
public struct Engine: Sendable {
    /// How many pings came to what end.
    public struct Counts: Hashable, Sendable {
        /// Pings given to the engine.
        public var received = 0
        /// Pings that moved a vehicle, with or without a reservation.
        public var accepted = 0
        /// Accepted pings whose vehicle was on a run afterwards.
        public var matched = 0
        /// Accepted pings that are believed with a reservation, by what it is.
        public var doubted: [PingDoubt: Int] = [:]
        /// Pings that were not acted on, by reason.
        public var rejected: [PingRejection: Int] = [:]

        /// Makes zero counts.
        public init() {}
    }

    /// The timetable in force.
    public let network: Network
    /// How many pings came to what end since the engine was made.
    public internal(set) var counts = Counts()

    let patterns: Table<TripPattern>
    let lines: LineSet
    private let surroundings: Surroundings
    var timetable: Timetable
    var chains: RunChains
    private var references: ReferenceCache
    var times: TravelTimes
    var terminals: TerminalTimes
    var delays: DepartureDelays
    var calibration: Calibration
    /// The day of which the engine is learning.
    var day: Day?
    /// What was learned of places that this timetable has not: it may be a diversion that ends.
    var lessonsElsewhere: [Lesson] = []
    let components: PredictionComponents
    /// What buses did lately on each stretch of road.
    var roads: CellTable
    var vehicles: [VehicleTrack] = []
    private var positions: [String: Int] = [:]
    /// The vehicle heard from last, which is asked for more often than any other.
    private var latest = 0
    /// Memory for look-ups in the grid.
    private var nearby = NearbyLines()
    /// The vehicle that works each run.
    var holders = RunHolders()
    var events: [StopEvent] = []
    /// What was foretold, and what became of it.
    var grader = Grader()
    var grades: [GradedCall] = []
    var detours = DetourWatch()
    /// What the last snapshots said, for the next one.
    var bulletins = Bulletins()
    private(set) var lastReceivedAt: Timestamp?

    /// Makes an engine that knows what earlier days taught.
    public init(
        network: Network, learned: Experience = Experience(),
        components: PredictionComponents = .all
    ) {
        self.network = network
        patterns = network.patterns
        lines = LineSet(network: network, reach: TripMatcher.reach)
        surroundings = Surroundings(network: network)
        timetable = Timetable(network: network, lines: lines)
        chains = RunChains(network: network)
        references = ReferenceCache(network: network)
        times = TravelTimes(network: network, components: components)
        terminals = TerminalTimes(lines: lines.lines.count)
        delays = DepartureDelays(network: network)
        calibration = Calibration(isInForce: components.contains(.calibration))
        self.components = components
        roads = CellTable(EdgeCells(lines.edges))
        if !learned.isEmpty { recall(learned) }
    }

    /// Takes a ping in; its `receivedAt` must not be before that of the ping before.
    @discardableResult
    public mutating func receive(_ ping: Ping) -> PingOutcome { take(ping, inHindsight: false) }

    /// Takes in a ping of the past, whose fix must not be older than that of the ping before.
    ///
    /// Pings that came in any order, lived through again in the order of their fixes, leave the
    /// engine as if each had come when it was taken. One that came late is no worse than others;
    /// when it came only tells whether its clock can be right.
    @discardableResult
    public mutating func relive(_ ping: Ping) -> PingOutcome { take(ping, inHindsight: true) }

    private mutating func take(_ ping: Ping, inHindsight: Bool) -> PingOutcome {
        counts.received += 1
        lastReceivedAt = max(lastReceivedAt ?? ping.receivedAt, ping.receivedAt)
        let vehicle = position(of: ping.vehicleID)
        let before = vehicles.span[vehicle].last?.timestamp
        let outcome = vehicles[vehicle].clean(ping, in: surroundings, inHindsight: inHindsight)
        if let reason = outcome.rejection {
            counts.rejected[reason, default: 0] += 1
            return outcome
        }
        if let doubt = outcome.doubt { counts.doubted[doubt, default: 0] += 1 }
        holders.hear(vehicle, until: vehicles.span[vehicle].heardUntil)
        let silence = before.map { ping.timestamp - $0 } ?? 0
        if silence > Self.forgotten { startAnew(vehicle) }
        locate(vehicle, ping)
        if silence > Self.longSilence { endRun(of: vehicle, missedFor: 1) }
        let way = detours.groups.isEmpty ? nil : wayBehind(vehicle)
        let passages = track(vehicle, at: ping.timestamp)
        learn(passages, from: vehicle)
        if let way { noteRegularWay(of: vehicle, since: way, at: ping.timestamp) }
        counts.accepted += 1
        if vehicles.span[vehicle].hasRun { counts.matched += 1 }
        return outcome
    }

    /// The calls at stops observed since this was last asked, oldest first.
    public mutating func takeStopEvents() -> [StopEvent] {
        defer { events.removeAll() }
        return events
    }

    /// The calls observed since this was last asked, with what snapshots had foretold of them.
    public mutating func takeGrades() -> [GradedCall] {
        defer { grades.removeAll() }
        return grades
    }

    /// Seconds without a fix after which a vehicle is a stranger when it comes back.
    static let forgotten = 3600.0
    /// Seconds without a fix after which a vehicle beside its line has ended its run meanwhile.
    private static let longSilence = 300.0

    private mutating func startAnew(_ vehicle: Int) {
        vehicles[vehicle].matcher.reset()
        setRun(nil, of: vehicle)
    }

    /// Lets go of vehicles not heard from for hours, once they are most of those known: sources may
    /// make up names without end.
    mutating func forgetStrangers(at now: Timestamp) {
        guard vehicles.count > 1000 else { return }
        let kept = vehicles.filter { $0.silence(at: now) < 6 * Self.forgotten }
        guard kept.count * 2 < vehicles.count else { return }
        vehicles = kept
        positions = Dictionary(uniqueKeysWithValues: kept.indices.map { (kept[$0].vehicleID, $0) })
        holders = RunHolders()
        for index in kept.indices {
            holders.hear(index, until: kept[index].heardUntil)
            if let run = kept[index].run { holders[run.instance] = index }
        }
    }

    private mutating func position(of vehicleID: String) -> Int {
        if let known = number(ofVehicle: vehicleID) {
            latest = known
        } else {
            latest = vehicles.count
            positions[vehicleID] = latest
            vehicles.append(VehicleTrack(vehicleID: vehicleID))
        }
        return latest
    }

    /// A run that has not begun.
    mutating func run(
        _ instance: TripInstance, isClaimed: Bool = false, leavingAt departure: Timestamp
    ) -> Run {
        let pattern = timetable.pattern(of: instance.trip)
        return Run(
            instance: instance, pattern: pattern, line: lines.line(of: pattern),
            isClaimed: isClaimed, reference: references.reference(of: instance.trip),
            plannedDeparture: departure,
            scheduledStart: instance.startTime == nil
                ? network.scheduled(instance, at: 0).departure : nil)
    }

    /// The number of a vehicle, if it was ever heard of.
    func number(ofVehicle id: String) -> Int? {
        if latest < vehicles.count, vehicles.span[latest].vehicleID == id { return latest }
        return positions[id]
    }

    func vehicle(id: String) -> VehicleTrack? { number(ofVehicle: id).map { vehicles[$0] } }

    // MARK: - Locate

    private mutating func locate(_ vehicle: Int, _ ping: Ping) {
        follow(claimOf: ping, vehicle)
        let run = lineHeld(by: vehicle)
        vehicles[vehicle].matcher.observe(
            vehicles.span[vehicle].point, at: ping.timestamp, claim: vehicles.span[vehicle].claim,
            in: lines, using: &nearby
        ) { line, distance in
            timetable.word(
                for: line, at: distance, ping.timestamp, holders, of: vehicle, onLine: run)
        }
        if timetable.hasTimetables { weigh(vehicle, at: ping.timestamp) }
        watchRoute(of: vehicle, at: ping.timestamp)
    }
}
