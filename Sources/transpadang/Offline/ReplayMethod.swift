import ArgumentParser
import Evaluation

/// What foretells in `replay`.
enum ReplayMethod: String, ExpressibleByArgument, CaseIterable {
    case engine, schedule, deviation, kalman

    /// The simple way of that name; nil for the engine.
    var baseline: BaselineMethod? { BaselineMethod(rawValue: rawValue) }
}
