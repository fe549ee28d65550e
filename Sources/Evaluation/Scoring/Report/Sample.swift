/// One passage asked about at one whole minute, with the answer.
struct Sample: Sendable {
    /// Seconds before the minute that an answer may foretell; an older time says nothing.
    private static let oldestAnswer = 30.0

    var passage: Int
    var run: Int32
    /// Unix seconds.
    var minute: Int64
    /// Seconds from the minute to the passage.
    var actualLead: Double
    /// Seconds from the minute to the predicted time; nil for silence.
    var predictedLead: Double?
    /// Half-width in seconds of the predicted interval, if given.
    var uncertainty: Double?

    init(passage index: Int, _ passage: Passage, minute: Int64, answer: PredictionRow?) {
        self.passage = index
        run = passage.run
        self.minute = minute
        actualLead = passage.moment - Double(minute)
        guard let answer, let lead = Self.lead(of: answer, for: passage, at: minute) else { return }
        predictedLead = lead
        uncertainty = answer.uncertainty.isNaN ? nil : answer.uncertainty
    }

    /// Seconds from the minute to what an answer foretells; nil for a time that says nothing.
    static func lead(of answer: PredictionRow, for passage: Passage, at minute: Int64) -> Double? {
        let isDeparture = passage.isTerminal && !answer.departure.isNaN
        let lead = (isDeparture ? answer.departure : answer.arrival) - Double(minute)
        return lead >= -oldestAnswer ? lead : nil
    }

    /// Actual minus predicted in seconds: positive when the bus came later than predicted.
    var error: Double? { predictedLead.map { actualLead - $0 } }
}
