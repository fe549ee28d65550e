import Foundation

/// How the predictions of one file compare with those of another on the same questions.
public struct ComparisonReport: Codable, Hashable, Sendable {
    /// How rows were matched.
    public var by: PredictionIdentity
    /// The figures of each class.
    public var classes: [ClassComparison]

    /// The report as JSON with snake_case keys in a fixed order; absent figures are left out.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

/// The figures of two predictors on one class of samples.
///
/// Accuracy and coverage are over all samples, silence being a miss; errors, actual minus predicted
/// in seconds, are over the samples that both foretold. Differences are the first less the other,
/// with 95 % intervals by resampling whole runs.
public struct ClassComparison: Codable, Hashable, Sendable {
    /// One figure of both.
    public struct Figure: Codable, Hashable, Sendable {
        /// Of the first.
        public var value: Double?
        /// Of the other.
        public var other: Double?
        /// The first less the other.
        public var difference: ClassReport.Estimate
    }

    /// A figure in one span of lead times.
    public struct Bin: Codable, Hashable, Sendable {
        /// Minutes of lead, such as `3-6`.
        public var lead: String
        /// The figure of both.
        public var figure: Figure
    }

    /// Which samples these are.
    public var sampleClass: SampleClass
    /// Runs that they come from.
    public var runs: Int
    /// How many they are.
    public var samples: Int
    /// How many of them both foretold.
    public var foretoldByBoth: Int
    /// Percent with a prediction.
    public var coverage: Figure
    /// Percent accurate by predicted lead, after the MBTA.
    public var mbta: [Bin]
    /// Percent accurate by actual lead, after Transit.
    public var transit: [Bin]
    /// Plain mean of the four Transit bins in percent.
    public var transitAverage: Figure
    /// Mean absolute error in seconds.
    public var meanAbsoluteError: Figure
    /// The same by actual lead.
    public var leads: [Bin]
    /// Mean error in seconds; positive when buses came later than predicted.
    public var bias: Figure
}
