/// What goes wrong between where a bus is and what is heard of it.
///
/// Only reports suffer: the same seed drives the same way with and without faults.
public struct FleetFaults: Hashable, Sendable {
    /// Deviation of a fix on each axis in the open, in metres.
    public var noiseSigma = 8.0
    /// The same between high walls, in metres.
    public var canyonSigma = 25.0
    /// Gaps of 30 to 120 s that strike a bus anywhere, an hour.
    public var gapsPerHour = 0.6
    /// Share of drives into a place without reception that silence the tracker for 30 to 120 s.
    public var deadZoneShare = 0.7
    /// Share of gaps after which the fixes are sent late in a burst; those of the others are lost.
    public var bufferedShare = 0.4
    /// Share of fixes that are wrong: 0/0 or about a kilometre away.
    public var wildShare = 0.005
    /// Share of fixes whose latitude and longitude are exchanged.
    public var swappedShare = 0.0005
    /// Share of reports that repeat the last fix, time and all, instead of a new one.
    public var repeatShare = 0.01
    /// Seconds between a fix and its receipt.
    public var latency: ClosedRange<Double> = 0.5...8
    /// Seconds that the direction text stays behind after a bus sets out again.
    public var directionLag: ClosedRange<Double> = 60...300
    /// Share of reports whose direction text is empty.
    public var emptyDirectionShare = 0.04
    /// Share of trackers that send neither speed nor bearing.
    public var speedlessShare = 0.2

    /// Makes the faults of ``realistic``, to be changed one by one.
    public init() {}

    /// About what cheap trackers over a mobile network do.
    public static let realistic = FleetFaults()

    /// Exact fixes, received at once.
    public static let none: FleetFaults = {
        var faults = FleetFaults()
        faults.noiseSigma = 0
        faults.canyonSigma = 0
        faults.gapsPerHour = 0
        faults.deadZoneShare = 0
        faults.bufferedShare = 0
        faults.wildShare = 0
        faults.swappedShare = 0
        faults.repeatShare = 0
        faults.latency = 0...0
        faults.directionLag = 0...0
        faults.emptyDirectionShare = 0
        faults.speedlessShare = 0
        return faults
    }()
}
