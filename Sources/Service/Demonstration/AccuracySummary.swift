import TransitModel

/// How good the published arrival times have been, as status pages show it.
public struct AccuracySummary: Codable, Hashable, Sendable {
    /// The account of one horizon.
    public struct Horizon: Codable, Hashable, Sendable {
        /// Minutes before the true arrival.
        public var minutesAhead: Int
        /// True arrivals at which the service had been up that long before.
        public var arrivals: Int
        /// How many of them had been foretold.
        public var predicted: Int
        /// Share of arrivals foretold, 0 to 1; nil without arrivals.
        public var coverage: Double?
        /// Mean of the error's size in seconds over what was foretold; nil without any.
        public var meanAbsoluteError: Double?
        /// Mean of the error in seconds, positive when buses came later than foretold.
        public var bias: Double?
        /// Share of arrivals within MBTA's bounds, 0 to 1; silence counts as outside.
        public var withinBounds: Double?

        private enum CodingKeys: String, CodingKey {
            case minutesAhead = "minutes_ahead"
            case arrivals, predicted, coverage
            case meanAbsoluteError = "mean_absolute_error_s"
            case bias = "bias_s"
            case withinBounds = "within_bounds"
        }
    }

    /// When the account was opened, in unix seconds; nil before the first snapshot.
    public var since: Int64?
    /// True arrivals so far.
    public var arrivals: Int
    /// One account for each horizon, the shortest first.
    public var horizons: [Horizon]
}

/// Running sums of one horizon.
struct HorizonScore: Sendable {
    private let minutesAhead: Int
    private var arrivals = 0
    private var predicted = 0
    private var absolute = 0.0
    private var signed = 0.0
    private var within = 0

    init(minutesAhead: Int) { self.minutesAhead = minutesAhead }

    mutating func add(predicted moment: Timestamp?, actual: Timestamp, madeAt: Timestamp) {
        arrivals += 1
        guard let moment else { return }
        let error = actual - moment
        predicted += 1
        absolute += abs(error)
        signed += error
        if Self.isWithinBounds(error: error, ahead: moment - madeAt) { within += 1 }
    }

    /// The bounds that the MBTA sets, by how far ahead the prediction says the arrival is.
    static func isWithinBounds(error: Double, ahead: Double) -> Bool {
        let bounds: (early: Double, late: Double) =
            switch ahead {
            case ..<180: (-60, 60)
            case ..<360: (-90, 120)
            case ..<720: (-150, 210)
            default: (-240, 360)
            }
        return error > bounds.early && error < bounds.late
    }

    var summary: AccuracySummary.Horizon {
        AccuracySummary.Horizon(
            minutesAhead: minutesAhead,
            arrivals: arrivals,
            predicted: predicted,
            coverage: share(Double(predicted), of: arrivals),
            meanAbsoluteError: share(absolute, of: predicted),
            bias: share(signed, of: predicted),
            withinBounds: share(Double(within), of: arrivals)
        )
    }

    private func share(_ sum: Double, of count: Int) -> Double? {
        count > 0 ? sum / Double(count) : nil
    }
}
