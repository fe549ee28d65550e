/// The figures of one class of samples; errors are actual minus predicted, in seconds.
public struct ClassReport: Codable, Hashable, Sendable {
    /// A figure with the ends of its 95 % interval; nil where there is nothing to measure.
    public struct Estimate: Codable, Hashable, Sendable {
        /// The figure.
        public var value: Double?
        /// Lower end of the interval.
        public var low: Double?
        /// Upper end of the interval.
        public var high: Double?
    }

    /// Percent of accurate samples in one span of lead times.
    public struct Bin: Codable, Hashable, Sendable {
        /// Minutes of lead, such as `3-6`.
        public var lead: String
        /// Samples in the bin.
        public var samples: Int
        /// Percent of them that are accurate; silence is not.
        public var accurate: Estimate
    }

    /// Means over samples in one span of actual lead times.
    public struct Lead: Codable, Hashable, Sendable {
        /// Minutes of lead, such as `3-6`.
        public var lead: String
        /// Percent of samples with a prediction.
        public var coverage: Double?
        /// Mean absolute error in seconds.
        public var meanAbsoluteError: Estimate
        /// Mean error in seconds.
        public var bias: Double?
        /// Percent of predicted intervals that hold the truth.
        public var intervalCoverage: Double?
        /// Mean full width in seconds of the predicted intervals.
        public var intervalWidth: Double?
    }

    /// Means over predictions in one span of predicted lead times.
    public struct Horizon: Codable, Hashable, Sendable {
        /// Minutes of predicted lead, such as `3-6`.
        public var lead: String
        /// Samples foretold so far ahead.
        public var predictions: Int
        /// Mean error in seconds.
        public var bias: Double?
        /// Percent of predicted intervals that hold the truth.
        public var intervalCoverage: Double?
        /// Mean full width in seconds of the predicted intervals.
        public var intervalWidth: Double?
    }

    /// How well predicted intervals hold the truth.
    public struct Interval: Codable, Hashable, Sendable {
        /// Predictions that give one.
        public var predictions: Int
        /// Percent of predictions that give one.
        public var share: Double?
        /// Percent that hold the truth.
        public var coverage: Double?
        /// Mean full width in seconds.
        public var meanWidth: Double?
    }

    /// How far the predicted time of one passage moves from minute to minute.
    public struct Jitter: Codable, Hashable, Sendable {
        /// Seconds.
        public var median: Double?
        /// Seconds that nine in ten moves stay under.
        public var p90: Double?
        /// Moves measured.
        public var moves: Int
    }

    /// Which samples these are.
    public var sampleClass: SampleClass
    /// Runs that they come from.
    public var runs: Int
    /// Passages that they come from.
    public var events: Int
    /// How many they are.
    public var samples: Int
    /// Percent with a prediction.
    public var coverage: Estimate
    /// Percent accurate by predicted lead, after the MBTA.
    public var mbta: [Bin]
    /// Percent accurate by actual lead, after Transit.
    public var transit: [Bin]
    /// Plain mean of the four Transit bins in percent.
    public var transitAverage: Estimate
    /// Mean absolute error in seconds, over samples with a prediction.
    public var meanAbsoluteError: Estimate
    /// Mean error in seconds; positive when buses came later than predicted.
    public var bias: Estimate
    /// Root of the mean squared error in seconds.
    public var rootMeanSquareError: Double?
    /// Seconds that half of the absolute errors stay under.
    public var p50: Double?
    /// Seconds that nine in ten absolute errors stay under.
    public var p90: Double?
    /// By actual lead.
    public var leads: [Lead]
    /// By predicted lead.
    public var horizons: [Horizon]
    /// Predicted intervals; nil when none is given.
    public var interval: Interval?
    /// Movement from minute to minute; nil when nothing was predicted.
    public var jitter: Jitter?
}
