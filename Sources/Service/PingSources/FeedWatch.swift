/// Tells from when messages come whether a feed is still alive and for how long it has been good.
///
/// Only waiting counts as silence: while the listener works on a message, others may be queued.
struct FeedWatch: Sendable {
    typealias Instant = ContinuousClock.Instant

    private let silence: Duration
    private var waitingSince: Instant?
    private var firstFleet: Instant?
    private var lastFleet: Instant?

    /// Watches from a moment on for so long a silence.
    init(silence: Duration, since start: Instant) {
        self.silence = silence
        waitingSince = start
    }

    /// A message came; with `fleet` it was of the kind that the feed is there for.
    mutating func heard(at now: Instant, fleet: Bool) {
        waitingSince = nil
        guard fleet else { return }
        firstFleet = firstFleet ?? now
        lastFleet = now
    }

    /// The connection stands, or the work on a message is done.
    mutating func waits(at now: Instant) { waitingSince = now }

    /// When to look again; nil when the feed is dead.
    func deadline(at now: Instant) -> Instant? {
        let deadline = (waitingSince ?? now) + silence
        return deadline > now ? deadline : nil
    }

    /// From the first good message to the last.
    var steadySeconds: Double {
        guard let firstFleet, let lastFleet else { return 0 }
        return (lastFleet - firstFleet) / .seconds(1)
    }
}
