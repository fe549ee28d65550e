/// How long to wait before trying again: longer after each failure, by chance within bounds.
///
/// Each pause is drawn between the shortest and three times the one before ("decorrelated jitter",
/// Marc Brooker, AWS Architecture Blog, 2015), so that many clients do not return together. A time
/// that went well makes the next pause short again.
public struct Backoff: Sendable {
    private let bounds: ClosedRange<Double>
    private let steadySeconds: Double
    private var random: any RandomNumberGenerator & Sendable
    private var last: Double

    /// - Parameters:
    ///   - bounds: Seconds of the shortest and the longest pause.
    ///   - steadySeconds: What went well for so long begins afresh.
    ///   - random: Where chance comes from.
    public init(
        bounds: ClosedRange<Double> = 2...30,
        steadySeconds: Double = 60,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.bounds = bounds
        self.steadySeconds = steadySeconds
        self.random = random
        last = bounds.lowerBound
    }

    /// The pause after something that went well for so many seconds, 0 when it failed at once.
    public mutating func pause(afterSuccessOf seconds: Double) -> Duration {
        if seconds >= steadySeconds { last = bounds.lowerBound }
        let longest = min(bounds.upperBound, last * 3)
        last = Double.random(in: bounds.lowerBound...longest, using: &random)
        return .seconds(last)
    }
}
