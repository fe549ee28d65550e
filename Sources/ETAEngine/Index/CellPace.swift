public import TransitModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How the running state of a cell's pace follows what is seen.
@frozen
public struct PaceFilter: Hashable, Sendable {
    /// Traversals after which older ones fade from mean and variance.
    public var memory: Double
    /// Seconds in which what the latest buses did loses its force, to 1/e.
    public var decay: Double
    /// Variance of the natural logarithm of pace from hour to hour, about the mean.
    public var processVariance: Double
    /// Variance of the natural logarithm of pace from bus to bus, about the hour's.
    public var observationVariance: Double

    /// Makes a filter; the values given are for a city's buses in mixed traffic.
    public init(
        memory: Double = 200, decay: Double = 1800, processVariance: Double = 0.04,
        observationVariance: Double = 0.08
    ) {
        self.memory = memory
        self.decay = decay
        self.processVariance = processVariance
        self.observationVariance = observationVariance
    }
}

/// The running state of a cell's pace: seconds a metre, as a natural logarithm.
@frozen
public struct CellPace: Hashable, Sendable {
    /// Traversals ever entered.
    public private(set) var count: UInt32 = 0
    /// When the last of them ended, in seconds.
    private var lastExit: UInt32 = 0
    /// Mean of the logarithm of pace.
    public private(set) var mean: Float = 0
    /// Variance of the logarithm of pace.
    public private(set) var variance: Float = 0
    /// How far the latest buses were from what was expected, when the last one passed.
    private var deviation: Float = 0
    private var uncertainty: Float = 0

    init() {}

    /// When the last traversal ended, if there is any.
    public var latestExit: Timestamp? { count > 0 ? Timestamp(Double(lastExit)) : nil }

    /// What the latest buses say of a bus that passes at `time`: how much the logarithm of its
    /// time will differ from what is expected, and the variance of that.
    ///
    /// Without traversals, and long after the last, 0 and the variance of the process.
    public func deviation(
        at time: Timestamp, filter: PaceFilter = PaceFilter()
    ) -> (mean: Double, variance: Double) {
        guard count > 0 else { return (0, filter.processVariance) }
        let left = exp(-max(0, time.seconds - Double(lastExit)) / filter.decay)
        let variance =
            Double(uncertainty) * left * left
            + filter.processVariance * (1 - left * left)
        return (Double(deviation) * left, variance)
    }

    mutating func observe(
        _ traversal: CellTraversal, metres: Double, expected: Double?, filter: PaceFilter
    ) {
        let logPace = log(max(0.1, traversal.duration) / metres)
        let normal =
            expected.map { log(max(0.1, $0) / metres) } ?? (count > 0 ? Double(mean) : logPace)
        // A scalar Kalman filter of what decays to nothing (Ornstein and Uhlenbeck's process).
        let prior = deviation(at: traversal.exit, filter: filter)
        let gain = prior.variance / (prior.variance + filter.observationVariance)
        deviation = Float(prior.mean + gain * (logPace - normal - prior.mean))
        uncertainty = Float((1 - gain) * prior.variance)
        fade(in: logPace, memory: filter.memory)
        lastExit = max(lastExit, UInt32(clamping: Int64(traversal.exit.seconds.rounded())))
    }

    /// Mean and variance, as West (1979) updates them, with the weight of old values bounded.
    private mutating func fade(in logPace: Double, memory: Double) {
        count = count &+ 1
        let weight = 1 / min(Double(count), memory)
        let step = logPace - Double(mean)
        mean += Float(weight * step)
        variance = Float((1 - weight) * (Double(variance) + weight * step * step))
    }
}
