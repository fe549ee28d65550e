/// Every real passage and the thirty whole minutes before it: what a predictor is asked.
///
/// A stop weighs the same whatever the predictor chose to say; what it did not say is a miss.
struct SampleGrid: Sendable {
    /// Whole minutes before a passage.
    static let depth = 30

    let passages: [Passage]
    /// Minutes that may be asked about; nil for all.
    let minutes: FeedMinutes?
    /// For passage p and the k-th minute before it, at `p * depth + k`: the row that answers, or -1.
    private(set) var answers: [Int32]

    init(passages: [Passage], minutes: FeedMinutes?) {
        self.passages = passages
        self.minutes = minutes
        answers = [Int32](repeating: -1, count: passages.count * Self.depth)
    }

    /// Where a passage and a whole minute meet; nil when that minute is not asked about.
    func slot(passage: Int, minute: Int64) -> Int? {
        let steps = (Self.lastMinute(before: passages[passage].moment) - minute) / FeedMinutes.step
        let isInside = minute <= Self.lastMinute(before: passages[passage].moment)
        guard isInside, steps < Self.depth, minutes?.isAlive(minute) ?? true else { return nil }
        return passage * Self.depth + Int(steps)
    }

    /// The minute in unix seconds of a passage's k-th sample, counted back from the passage; nil when
    /// it is not asked about.
    func minute(passage: Int, step: Int) -> Int64? {
        let minute =
            Self.lastMinute(before: passages[passage].moment) - Int64(step) * FeedMinutes.step
        return minutes?.isAlive(minute) ?? true ? minute : nil
    }

    /// The row that answers at a slot.
    func answer(at slot: Int) -> Int? { answers[slot] < 0 ? nil : Int(answers[slot]) }

    /// Lets a row answer at a slot.
    mutating func setAnswer(_ row: Int, at slot: Int) { answers[slot] = Int32(row) }

    private static func lastMinute(before moment: Double) -> Int64 {
        FeedMinutes.minute(atOrAfter: moment) - FeedMinutes.step
    }
}
