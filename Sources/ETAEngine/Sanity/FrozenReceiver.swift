import Geometry
import TransitModel

/// Watches for a receiver that repeats one place to the last digit while time goes on.
struct FrozenReceiver: Hashable, Sendable {
    /// Metres a second above which a tracker claims to drive.
    static let drivingSpeed = 3.0
    /// Seconds of driving without a change of place after which the place is not believed.
    static let rejectedAfter = 60.0
    /// Seconds without a change of place that are odd in the middle of a run.
    ///
    /// No more than a doubt: receivers hold their place on purpose while a bus stands.
    static let doubtedAfter = 480.0

    private var coordinate: Coordinate?
    private var latest = Timestamp(-.infinity)
    private var since = Timestamp(0)
    private var drivingSince: Timestamp?

    /// Takes in a fix; whether the receiver is frozen by then.
    mutating func isFrozen(_ ping: Ping) -> Bool {
        guard ping.coordinate == coordinate else {
            // An older fix says nothing about where the receiver stands by now.
            if ping.timestamp > latest { begin(with: ping) }
            return false
        }
        if ping.timestamp > latest {
            latest = ping.timestamp
            let isDriving = (ping.speed ?? 0) > Self.drivingSpeed
            drivingSince = isDriving ? drivingSince ?? ping.timestamp : nil
        }
        return drivingSince.map { ping.timestamp - $0 >= Self.rejectedAfter } ?? false
    }

    /// Whether the place has not changed for long at a moment.
    func isDoubtful(at moment: Timestamp) -> Bool { moment - since >= Self.doubtedAfter }

    private mutating func begin(with ping: Ping) {
        coordinate = ping.coordinate
        latest = ping.timestamp
        since = ping.timestamp
        drivingSince = (ping.speed ?? 0) > Self.drivingSpeed ? ping.timestamp : nil
    }
}
