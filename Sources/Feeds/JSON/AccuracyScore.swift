public import ETAEngine
import Geometry

/// How well riders were told in some minutes in which they could have asked.
public struct AccuracyScore: Codable, Hashable, Sendable {
    /// Minutes in which a rider could have asked for a bus at a stop.
    public var asked: Int
    /// Of those, how many had an answer.
    public var answered: Int
    /// Of those, how many answers were within the MBTA's bounds.
    public var accurate: Int
    /// Share of what was asked that was told accurately, 0 to 1; null when nothing was asked.
    @Nullable public var accurateShare: Double?
    /// Mean size of the error in seconds; null without answers.
    @Nullable public var meanErrorS: Double?
    /// Mean of the error in seconds, positive when buses came later; null without answers.
    @Nullable public var biasS: Double?
    /// Share of answers whose 80 % interval held the truth, 0 to 1; null without answers.
    @Nullable public var withinIntervalShare: Double?
    /// Why the other minutes were not told accurately; every cause is there, also with 0.
    public var causes: [String: Int]

    enum CodingKeys: String, CodingKey {
        case asked, answered, accurate, causes
        case accurateShare = "accurate_share"
        case meanErrorS = "mean_error_s"
        case biasS = "bias_s"
        case withinIntervalShare = "within_interval_share"
    }

    /// Tells a tally.
    public init(_ tally: AccuracyTally) {
        func share(_ part: Double, of whole: Int, places: Int) -> Double? {
            whole > 0 ? (part / Double(whole)).rounded(places: places) : nil
        }
        asked = tally.asked
        answered = tally.answered
        accurate = tally.accurate
        accurateShare = share(Double(tally.accurate), of: tally.asked, places: 4)
        meanErrorS = share(tally.absoluteError, of: tally.answered, places: 1)
        biasS = share(tally.error, of: tally.answered, places: 1)
        withinIntervalShare = share(Double(tally.withinInterval), of: tally.answered, places: 4)
        causes = Dictionary(
            uniqueKeysWithValues: MissCause.allCases.map { ($0.rawValue, tally.misses[$0] ?? 0) })
    }
}

/// The same for buses on their way and for those that had not left yet.
public struct AccuracyByPhase: Codable, Hashable, Sendable {
    /// Buses on their way.
    public var underWay: AccuracyScore
    /// Buses that had not left their first stop.
    public var beforeDeparture: AccuracyScore

    enum CodingKeys: String, CodingKey {
        case underWay = "under_way"
        case beforeDeparture = "before_departure"
    }

    /// Both.
    public var scores: [AccuracyScore] { [underWay, beforeDeparture] }

    /// Minutes in which a rider could have asked.
    public var asked: Int { underWay.asked + beforeDeparture.asked }

    /// Minutes in which a rider was told accurately.
    public var accurate: Int { underWay.accurate + beforeDeparture.accurate }

    /// Tells of some sums.
    public init(_ sums: AccuracySums) {
        var tallies: [RunPhase: AccuracyTally] = [:]
        for (key, tally) in sums.tallies { tallies[key.phase, default: AccuracyTally()] += tally }
        underWay = AccuracyScore(tallies[.underWay] ?? AccuracyTally())
        beforeDeparture = AccuracyScore(tallies[.beforeDeparture] ?? AccuracyTally())
    }
}
