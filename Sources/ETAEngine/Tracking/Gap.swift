import TransitModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What lies between two fixes of a vehicle on its line: when it passed the places in between, and
/// how sure that is.
///
/// Driving freely the vehicle would need less time than it took. What it lost it lost in one place
/// or another: half of it along the way, by its length, and half at the stops where it called in
/// between, each alike. The share of the loss that lies before a place is taken as Beta distributed
/// with that mean q and a concentration of 2, which is the uniform distribution where q is one half:
/// so its variance is q (1 - q) / 3, and a place that is passed with nothing known but the two fixes
/// around it has the standard error of a bracket, its width by the square root of 12.
/// To that comes where the vehicle was: the noise of its fixes and where at the stop it halts, in
/// metres, over its speed.
struct Gap {
    /// Metres a second of a bus that nothing holds up between two stops of a town.
    static let freeSpeed = 10.0
    /// Metres a second of the fastest driving between two stops of a town.
    static let topSpeed = 14.0
    /// Metres a second squared at which a bus brakes and gathers speed.
    static let acceleration = 1.2
    /// Metres of noise of a fix along the line of a vehicle of which nothing is known.
    static let usualNoise = 8.0
    /// Metres about which buses halt before or behind the place of a stop.
    static let haltSpread = 12.0
    /// Metres a second below which the noise of a fix says no more than at this speed.
    private static let slowest = 1.0

    /// A place on the line and when the vehicle was there.
    struct End {
        /// Metres along the line.
        var distance: Double
        var moment: Timestamp
    }

    /// When a place was passed, and the standard error of that in seconds.
    struct Estimate: Hashable {
        var moment: Timestamp
        var error: Double
    }

    var from: End
    var to: End
    /// Metres of noise of a fix along the line.
    var noise = Gap.usualNoise
    /// Stops at which the vehicle may have stood in the gap.
    var calls = 0

    var seconds: Double { to.moment - from.moment }
    var metres: Double { max(0, to.distance - from.distance) }

    /// Seconds more than free driving takes.
    private var lost: Double { max(0, seconds - metres / Self.freeSpeed) }

    /// When a distance was passed, with so many of the calls behind.
    func crossing(_ distance: Double, callsBehind: Int) -> Estimate {
        guard metres > 0 else { return Estimate(moment: to.moment, error: bracketError) }
        let share = min(1, max(0, (distance - from.distance) / metres))
        let lostBefore =
            calls > 0 ? (share + Double(callsBehind) / Double(calls)) / 2 : share
        let moment = from.moment + share * (seconds - lost) + lostBefore * lost
        let spread = lost * (lostBefore * (1 - lostBefore) / 3).squareRoot()
        return Estimate(moment: moment, error: hypot(spread, placing))
    }

    /// Seconds of standard error of a moment of which no more is known than that it is in the gap.
    var bracketError: Double { hypot(seconds / 12.0.squareRoot(), placing) }

    /// Seconds that an error in place makes.
    private var placing: Double {
        let speed = seconds > 0 ? metres / seconds : Self.freeSpeed
        return hypot(noise, Self.haltSpread) / max(Self.slowest, speed)
    }

    /// Seconds that the vehicle can have stood at a distance at most, braking and gathering speed
    /// as buses do; within `slack` metres of it counts as there.
    func longestStand(at distance: Double, slack: Double) -> Double {
        let before = max(0, distance - from.distance - slack)
        let beyond = max(0, to.distance - distance - slack)
        return max(
            0,
            seconds - Self.timeToHalt(before, from: Self.topSpeed)
                - Self.timeToHalt(beyond, from: Self.topSpeed))
    }

    /// Seconds that a bus at a speed takes for the last metres before a halt, or for the first after
    /// one until it drives at that speed.
    static func timeToHalt(_ metres: Double, from speed: Double = Gap.freeSpeed) -> Double {
        let way = speed * speed / (2 * acceleration)
        return metres < way
            ? (2 * metres / acceleration).squareRoot()
            : metres / speed + speed / (2 * acceleration)
    }
}
