import Geometry
import TransitModel

/// Decides whether a ping can be true, from the ping and the vehicle's last believed fix alone.
struct PingFilter: Sendable {
    /// Seconds by which a tracker's clock may be ahead.
    static let clockTolerance = 30.0
    /// Seconds after which a fix says nothing about now.
    static let staleAfter = 900.0
    /// Metres a second that no bus exceeds, with room for error.
    static let topSpeed = 40.0
    /// Metres that a fix may err, however soon it follows.
    static let slack = 300.0
    /// Consistent fixes after which a jump is believed.
    static let believedAfter = 3

    /// Seconds since 1970, some 3,000 years, beyond which no clock tells a time.
    static let endOfTime = 1e11

    private var last: Fix?
    private var jumped: [Fix] = []

    struct Fix: Sendable {
        var timestamp: Timestamp
        var point: PlanePoint
    }

    /// The box that holds the network with room around it, on its plane.
    struct Area: Sendable {
        let x: ClosedRange<Double>
        let y: ClosedRange<Double>

        /// Metres around the network's lines and stops in which buses are believed.
        static let margin = 20_000.0

        init(network: Network) {
            let points = network.patterns.elements.flatMap(\.line.points)
            let xs = points.map(\.x)
            let ys = points.map(\.y)
            x = (xs.min() ?? 0) - Self.margin...(xs.max() ?? 0) + Self.margin
            y = (ys.min() ?? 0) - Self.margin...(ys.max() ?? 0) + Self.margin
        }

        func contains(_ point: PlanePoint) -> Bool { x.contains(point.x) && y.contains(point.y) }
    }

    /// Judges a ping and, where it is believed, remembers it.
    mutating func judge(_ ping: Ping, at point: PlanePoint, in area: Area) -> PingOutcome {
        if let reason = fault(of: ping, at: point, in: area) { return .rejected(reason) }
        let fix = Fix(timestamp: ping.timestamp, point: point)
        if let last, !Self.isReachable(fix, from: last), !isBelievedJump(fix) {
            return .rejected(.jump)
        }
        last = fix
        jumped.removeAll(keepingCapacity: true)
        return .accepted
    }

    private func fault(of ping: Ping, at point: PlanePoint, in area: Area) -> PingRejection? {
        guard ping.coordinate.isPlausible else { return .nowhere }
        guard area.contains(point) else { return .outside }
        guard abs(ping.timestamp.seconds) < Self.endOfTime,
            abs(ping.receivedAt.seconds) < Self.endOfTime
        else { return .stale }
        if ping.timestamp - ping.receivedAt > Self.clockTolerance { return .future }
        if let last, ping.timestamp <= last.timestamp {
            return ping.timestamp == last.timestamp ? .duplicate : .late
        }
        return ping.receivedAt - ping.timestamp > Self.staleAfter ? .stale : nil
    }

    private static func isReachable(_ fix: Fix, from last: Fix) -> Bool {
        fix.point.distance(to: last.point)
            <= slack + topSpeed * (fix.timestamp - last.timestamp)
    }

    /// Whether enough fixes in a row agree on the new place.
    private mutating func isBelievedJump(_ fix: Fix) -> Bool {
        if let previous = jumped.last,
            fix.timestamp <= previous.timestamp || !Self.isReachable(fix, from: previous)
        {
            jumped.removeAll(keepingCapacity: true)
        }
        jumped.append(fix)
        return jumped.count >= Self.believedAfter
    }
}
