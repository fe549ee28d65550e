/// What past buses taught about one link between two neighbouring stops in one period of the week.
///
/// Keyed by stop ids, so that it survives a new version of the timetable.
public struct LinkStatistic: Hashable, Sendable {
    /// GTFS id of the stop where the link starts.
    public var fromStopID: String
    /// GTFS id of the stop where it ends.
    public var toStopID: String
    /// Hour of the day, plus 24 on Saturdays and 48 on Sundays.
    public var period: Int
    /// How many traversals it rests on, faded by age.
    public var count: Double
    /// Mean of (seconds from arrival to arrival) / (the timetable's seconds for the same).
    public var mean: Double
    /// Variance of that ratio.
    public var variance: Double

    /// Makes a statistic.
    public init(
        fromStopID: String, toStopID: String, period: Int, count: Double, mean: Double,
        variance: Double
    ) {
        self.fromStopID = fromStopID
        self.toStopID = toStopID
        self.period = period
        self.count = count
        self.mean = mean
        self.variance = variance
    }
}
