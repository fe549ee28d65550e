import Geometry
import TransitModel

/// The error of a receiver, which wanders rather than jumps: first-order autoregression in time.
struct Drift: Sendable {
    private var east = 0.0
    private var north = 0.0
    private var time: Timestamp?

    /// Seconds in which about two thirds of an error are forgotten.
    private static let memory = 40.0

    /// The error in metres of a fix taken at a moment no earlier than the last.
    mutating func error(
        at now: Timestamp,
        sigma: Double,
        random: inout SeededGenerator
    ) -> PlanePoint {
        let kept = time.map { 1 / (1 + (now - $0) / Self.memory) } ?? 0
        let fresh = (1 - kept * kept).squareRoot()
        east = kept * east + fresh * random.normal()
        north = kept * north + fresh * random.normal()
        time = now
        return PlanePoint(x: sigma * east, y: sigma * north)
    }
}
