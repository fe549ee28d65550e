import TransitModel

/// How long earlier buses took from one stop to the next, and what the next one is to take.
///
/// TransitClock blends the last bus of today with the same trip of three earlier days. Where a
/// record has earlier days, the three buses nearest in time of day stand in for them; where it has
/// not, the three buses before the last. With `μ` and `v` their mean and variance and `e` the error
/// of the estimate before, the last bus weighs `1 − g` and `μ` weighs `g = (e + v) / (e + 2v)`; then
/// `e` becomes `g v`.
struct LinkHistory: Sendable {
    private static let depth = 3
    private static let day = 86_400.0
    /// Square seconds.
    private static let firstError = 1e-4

    private var earlier: [LinkTraversal] = []
    /// Of the newest service date, in order of arrival.
    private var today: [LinkTraversal] = []
    /// Before the newest bus.
    private var error = firstError
    /// With the newest bus.
    private var nextError = firstError

    /// Takes in a bus.
    mutating func add(_ traversal: LinkTraversal) {
        if let date = today.last?.serviceDate, date != traversal.serviceDate {
            guard traversal.serviceDate > date else {
                earlier.append(traversal)
                return
            }
            earlier += today
            today = []
        }
        today.append(traversal)
        let basis = basis(at: traversal.end, on: traversal.serviceDate)
        guard basis.count == Self.depth else { return }
        error = nextError
        nextError = basis.variance * gain(basis.variance)
    }

    /// What a bus takes at a moment in unix seconds; nil when too few have gone.
    func seconds(at moment: Double, on date: ServiceDate) -> Double? {
        let basis = basis(at: moment, on: date)
        let last = today.last.flatMap { $0.serviceDate == date ? $0.seconds : nil }
        guard basis.count == Self.depth else { return last }
        guard let last else { return basis.mean }
        let gain = gain(basis.variance)
        return (1 - gain) * last + gain * basis.mean
    }

    /// The buses that stand in for those of earlier days.
    private func basis(at moment: Double, on date: ServiceDate) -> [Double] {
        let isToday = today.last?.serviceDate == date
        let past = isToday ? earlier : earlier + today.filter { $0.serviceDate < date }
        let nearest = Self.nearest(to: moment, in: past)
        guard nearest.count < Self.depth, isToday else { return nearest }
        return today.dropLast().suffix(Self.depth).map(\.seconds)
    }

    /// What the buses nearest in time of day took.
    private static func nearest(to moment: Double, in past: [LinkTraversal]) -> [Double] {
        var found: [(distance: Double, seconds: Double)] = []
        for traversal in past {
            let apart = abs(moment - traversal.end).truncatingRemainder(dividingBy: day)
            let distance = min(apart, day - apart)
            if found.count == depth, distance >= found[depth - 1].distance { continue }
            let place = found.firstIndex { $0.distance > distance } ?? found.count
            found.insert((distance, traversal.seconds), at: place)
            if found.count > depth { found.removeLast() }
        }
        return found.map(\.seconds)
    }

    private func gain(_ variance: Double) -> Double {
        variance > 0 ? (error + variance) / (error + 2 * variance) : 0.5
    }
}

extension [Double] {
    /// The plain mean; not a number when there is nothing to average.
    fileprivate var mean: Double { reduce(0, +) / Double(count) }

    /// The mean square distance from the mean.
    fileprivate var variance: Double {
        let mean = mean
        return map { ($0 - mean) * ($0 - mean) }.mean
    }
}
