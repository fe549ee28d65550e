import Geometry
import TransitModel

/// All that is remembered of one vehicle, in fixed memory.
struct VehicleTrack: Hashable, Sendable {
    /// What the vehicle last said that is believed, apart from where.
    struct LastFix: Hashable, Sendable {
        var timestamp: Timestamp
        /// As believed, not as written.
        var coordinate: Coordinate
        var speed: Double?
        var bearing: Double?
        var occupancy: Occupancy?
    }

    /// Metres within which a vehicle counts as not having moved.
    static let restRadius = 60.0

    let vehicleID: String
    var filter = PingFilter()
    var matcher = TripMatcher()
    var words = SourceWords()
    var claim = Claim()
    /// Whether the vehicle is on a run, or waits for one to begin.
    private(set) var hasRun = false
    /// That run, if there is one: to be changed where it lies.
    var work = Run.none
    /// The last believed fix and its place.
    private(set) var last: LastFix?
    private(set) var point = PlanePoint(x: 0, y: 0)
    /// The last fixes, believed or not, newest last.
    private(set) var fixes = FixLog()
    /// Where and since when the vehicle has stayed within ``restRadius``.
    private(set) var restingSince = Timestamp(0)
    private var restingPoint = PlanePoint(x: .infinity, y: .infinity)
    /// Usual seconds between believed fixes.
    private(set) var interval = 10.0
    /// Whether the vehicle keeps to its line, or to any while it has no run.
    var offRoute = OffRouteWatch()
    /// The last fix while the vehicle is astray, or before it was.
    var astrayPoint: PlanePoint?
    /// Positions of the stops ahead that the vehicle came near while it was astray.
    var stopsNear: Set<Int> = []
    /// When the source last named a trip.
    var claimedTripAt: Timestamp?
    /// Where the vehicle is in the cells of its road.
    var walk = CellWalk()
    /// Fixes since the run was given.
    var fixesOnRun = 0
    /// How often the run was changed for another without a terminal in between.
    var reassignments = 0

    init(vehicleID: String) { self.vehicleID = vehicleID }

    /// The run that the vehicle is on, or waits for.
    var run: Run? {
        @inline(__always) get { hasRun ? work : nil }
        set {
            hasRun = newValue != nil
            work = newValue ?? .none
        }
    }

    /// What is believed of it on the line of its run, if anything is.
    var ownHypothesis: Hypothesis? {
        @inline(__always) get { hasRun ? matcher.hypothesis(onLine: work.line) : nil }
    }

    /// Judges a ping and remembers it if believed.
    mutating func clean(
        _ ping: Ping, in surroundings: Surroundings, inHindsight: Bool
    ) -> PingOutcome {
        let reading = surroundings.reading(of: ping.coordinate)
        var outcome = filter.judge(ping, at: reading, inHindsight: inHindsight)
        // A place that does not change is odd only where a bus should be moving.
        if outcome == .accepted, work.isUnderWay,
            filter.isStandstillDoubtful(at: ping.timestamp)
        {
            outcome = .doubted(.frozen)
        }
        remember(ping, outcome)
        if let reading, outcome.isBelieved { believe(ping, at: reading) }
        return outcome
    }

    private mutating func remember(_ ping: Ping, _ outcome: PingOutcome) {
        guard outcome != .rejected(.duplicate) else { return }
        fixes.append(
            VehicleExplanation.Fix(
                timestamp: ping.timestamp, coordinate: ping.coordinate, outcome: outcome))
    }

    private mutating func believe(_ ping: Ping, at reading: Surroundings.Reading) {
        if let last {
            let gap = min(300, ping.timestamp - last.timestamp)
            interval += 0.2 * (gap - interval)
        }
        if reading.point.distance(to: restingPoint) > Self.restRadius {
            restingPoint = reading.point
            restingSince = ping.timestamp
        }
        last = LastFix(
            timestamp: ping.timestamp, coordinate: reading.coordinate, speed: ping.speed,
            bearing: ping.bearing, occupancy: ping.occupancy)
        point = reading.point
    }

    /// Seconds without a fix after which nothing is foretold.
    var patience: Double { max(300, 4 * interval) }

    /// When the vehicle falls silent unless it is heard of again.
    var heardUntil: Timestamp { (last?.timestamp ?? Timestamp(-.infinity)) + patience }

    /// Seconds at a moment since the last believed fix.
    func silence(at now: Timestamp) -> Double {
        last.map { now - $0.timestamp } ?? .infinity
    }
}
