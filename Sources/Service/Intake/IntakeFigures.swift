import Synchronization
import TransitModel

/// What has come in since the start, counted.
struct IntakeFigures: Sendable {
    /// Waits of requests for the disk.
    private(set) var commits = 0
    /// Seconds that they waited, all together.
    private(set) var commitSeconds = 0.0
    /// Requests that were refused as a whole, by reason.
    private(set) var refusals: [String: Int] = [:]
    /// Elements of requests that were not taken.
    private(set) var rejectedElements = 0
    /// Elements that were in the journal already.
    private(set) var duplicates = 0

    /// Since when pings cannot be kept; nil while they can.
    private(set) var failingSince: Timestamp?

    mutating func noteCommit(_ duration: Duration) {
        commits += 1
        commitSeconds += duration / .seconds(1)
    }

    /// Notes whether pings can be kept; true when that is news.
    mutating func note(isFailing: Bool, at now: Timestamp) -> Bool {
        guard isFailing != (failingSince != nil) else { return false }
        failingSince = isFailing ? now : nil
        return true
    }

    mutating func note(refusal reason: String) { refusals[reason, default: 0] += 1 }

    mutating func note(_ receipt: PingReceipt) {
        rejectedElements += receipt.rejected.count
        duplicates += receipt.duplicate
    }
}

/// The figures, kept by whoever takes something in.
final class IntakeAccount: Sendable {
    private let current = Mutex(IntakeFigures())

    /// What has come in so far.
    var figures: IntakeFigures { current.withLock { $0 } }

    @discardableResult
    func note<Answer>(_ change: (inout IntakeFigures) -> sending Answer) -> Answer {
        current.withLock { change(&$0) }
    }
}
