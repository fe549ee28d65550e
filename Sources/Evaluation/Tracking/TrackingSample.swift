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
    /// Route and direction together; the direction counts only where the truth has one.
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
        line = Self.verdict(shown) {
            $0.route == truth.route
                && (truth.direction == nil || $0.direction == truth.direction)
        }
        pattern = truth.trip.map { trip in
            let actual = network.pattern(of: trip)
            return Self.verdict(shown) { $0.route == actual.route && $0.stops == actual.stops }
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
