/// A simple way to foretell arrivals, beside which the engine is measured.
///
/// All are causal: they know a ping when it was received, and of other buses what they had shown
/// by then. All are given the trip that each ping names; none looks at the engine.
public enum BaselineMethod: String, Hashable, Sendable, CaseIterable {
    /// The timetable, whatever buses do.
    case schedule
    /// The timetable moved by how late the bus is now, never before now.
    case deviation
    /// The travel times of the day's earlier buses on each link, blended as TransitClock blends its
    /// days, and the timetable where no bus has gone yet.
    case kalman

    /// Seconds after its scheduled start for which a run that no bus has shown itself on is still
    /// foretold by the timetable.
    var patience: Double {
        switch self {
        case .schedule, .deviation: 10_800
        case .kalman: 480
        }
    }

    /// What foretells runs that buses are on; nil where the timetable alone speaks.
    var forecaster: (any RunForecaster)? {
        switch self {
        case .schedule: nil
        case .deviation: DeviationForecaster()
        case .kalman: KalmanForecaster()
        }
    }
}
