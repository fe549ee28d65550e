/// What has come in since the start, counted.
struct IntakeFigures: Sendable {
    /// Commits of the journal that pings waited for.
    private(set) var commits = 0
    /// Seconds that they waited, all together.
    private(set) var commitSeconds = 0.0
    /// Requests that were refused as a whole, by reason.
    private(set) var refusals: [String: Int] = [:]
    /// Elements of requests that were not taken.
    private(set) var rejectedElements = 0
    /// Elements that were in the journal already.
    private(set) var duplicates = 0

    mutating func noteCommit(_ duration: Duration) {
        commits += 1
        commitSeconds += duration / .seconds(1)
    }

    mutating func note(refusal reason: String) { refusals[reason, default: 0] += 1 }

    mutating func note(_ receipt: PingReceipt) {
        rejectedElements += receipt.rejected.count
        duplicates += receipt.duplicate
    }
}

extension LiveService {
    func note(refusal reason: String) { intake.note(refusal: reason) }

    func note(_ receipt: PingReceipt) { intake.note(receipt) }
}
