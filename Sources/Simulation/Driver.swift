import TransitModel

/// Who is at the wheel: a pace of their own that wanders, and the mishaps that come their way.
struct Driver: Sendable {
    /// What holds a bus up on the road.
    enum Mishap: Sendable {
        case slowdown(factor: Double, until: Timestamp)
        case breakdown(until: Timestamp)
    }

    /// Factor on the speed of the traffic around.
    private(set) var pace: Double
    private(set) var mishap: Mishap?
    /// Whether the bus cannot move.
    var isBrokenDown: Bool {
        if case .breakdown = mishap { true } else { false }
    }
    var random: SeededGenerator
    private let habit: Double
    private var nextMishap: Timestamp?

    private static let secondsBetweenMishaps = 7.0 * 3600
    private static let breakdownShare = 0.15

    init(seed: Seed) {
        random = SeededGenerator(seed)
        habit = 1 + 0.05 * random.normal()
        pace = habit
    }

    /// Lets a second pass: the pace is a first-order autoregression around the driver's habit.
    mutating func live(until moment: Timestamp) {
        pace += 0.01 * (habit - pace) + 0.008 * random.normal()
        pace = min(1.25, max(0.75, pace))
        expireMishap(at: moment)
        guard let due = nextMishap else {
            nextMishap = moment + random.exponential(mean: Self.secondsBetweenMishaps)
            return
        }
        guard moment >= due, mishap == nil else { return }
        nextMishap = moment + random.exponential(mean: Self.secondsBetweenMishaps)
        mishap =
            random.chance(Self.breakdownShare)
            ? .breakdown(until: moment + random.uniform(180...900))
            : .slowdown(
                factor: random.uniform(0.3...0.6),
                until: moment + random.uniform(120...420)
            )
    }

    private mutating func expireMishap(at moment: Timestamp) {
        switch mishap {
        case .slowdown(_, let until), .breakdown(let until):
            if moment >= until { mishap = nil }
        case nil: break
        }
    }
}
