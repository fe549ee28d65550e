/// How fast a bus was so far, beside what was expected of it.
struct Pace: Hashable, Sendable {
    /// Seconds of driving in which what was seen loses most of its say.
    private static let recency = 1200.0
    /// Seconds of driving that say as much as that all buses drive alike.
    private static let doubt = 3000.0

    /// Seconds ahead after which it says little.
    static let outlook = 600.0

    private var observed = 0.0
    private var expected = 0.0

    init() {}

    /// Enters a link that took so long where so long was expected, in seconds.
    mutating func add(_ seconds: Double, expected usual: Double, _ fading: Fading) {
        let kept = fading.rest(after: usual / Self.recency)
        observed = observed * kept + seconds
        expected = expected * kept + usual
    }

    /// The share by which it will take longer than others, or, below zero, shorter.
    var excess: Double { max(-0.5, min(1, (observed - expected) / (expected + Self.doubt))) }
}
