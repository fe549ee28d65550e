public import ETAEngine
import Geometry
public import TransitModel

/// How one thing shown compares with the truth.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
    case right
    case wrong
    /// Nothing was shown.
    case missing
}

/// What a rider saw of a vehicle right after one of its pings, beside the truth.
public struct TrackingSample: Sendable {
    /// The vehicle.
    public let vehicleID: String
    /// When the fix was taken.
    public let fixTime: Timestamp
    /// When it was received, and looked at.
    public let receivedAt: Timestamp
    /// What was shown.
    public let status: VehicleStatus
    /// What was true.
    public let truth: TrueMovement
    /// Route and direction together.
    ///
    /// Where a feed has no directions, a pattern goes the same way as the true one when most of the
    /// stops that both have come in the same order.
    public let line: Verdict
    /// The route's stops in their order; nil when the truth names no trip.
    public let pattern: Verdict?
    /// The trip; nil when the truth names none.
    public let trip: Verdict?
    /// Metres from where the label puts the vehicle on its pattern to where it was shown; nil
    /// unless the pattern is right and the label tells.
    public let distanceError: Double?
    /// Whether the route shown is the true one.
    let isOnTrueRoute: Bool

    init(ping: Ping, status: VehicleStatus, truth: TrueMovement, network: Network) {
        vehicleID = ping.vehicleID
        fixTime = ping.timestamp
        receivedAt = ping.receivedAt
        self.status = status
        self.truth = truth
        let shown = status.pattern.map { network.patterns[$0] }
        isOnTrueRoute = shown?.route == truth.route
        let actual = truth.trip.map { network.pattern(of: $0) }
        line = Self.verdict(shown) { shown in
            guard shown.route == truth.route else { return false }
            if let own = shown.direction, let other = truth.direction { return own == other }
            return actual.map { shown.goesSameWay(as: $0) } ?? true
        }
        pattern = actual.map { actual in
            Self.verdict(shown) { $0.route == actual.route && $0.stops == actual.stops }
        }
        trip = truth.trip.map { trip in Self.verdict(status.instance) { $0.trip == trip } }
        distanceError = (pattern == .right ? truth.distanceAlong : nil).flatMap { along in
            status.distanceAlong.map { $0 - along }
        }
    }

    /// Whether it was shown to run a trip.
    var isShownInService: Bool { status.state == .inService }

    private static func verdict<Shown>(
        _ shown: Shown?, isRight: (Shown) -> Bool
    ) -> Verdict {
        shown.map { isRight($0) ? .right : .wrong } ?? .missing
    }
}

extension TripPattern {
    /// Whether it calls at stops of another pattern, two or more, rather in its order than against
    /// it; so do all patterns of one stop sequence.
    fileprivate func goesSameWay(as other: TripPattern) -> Bool {
        if stops == other.stops { return true }
        let positions = Dictionary(
            zip(other.stops, other.stops.indices), uniquingKeysWith: { first, _ in first })
        let common = stops.compactMap { positions[$0] }
        let rising = zip(common, common.dropFirst()).reduce(0) { sum, pair in
            sum + (pair.1 - pair.0).signum()
        }
        return rising > 0
    }
}
