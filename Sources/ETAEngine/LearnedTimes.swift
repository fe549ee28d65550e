/// What past buses taught about one link between two neighbouring stops in one period of the week.
///
/// Keyed by what the stops are, so that it survives a new version of the timetable in which all ids
/// have changed.
public struct LinkStatistic: Hashable, Sendable {
    /// The stop where the link starts.
    public var from: StopPlace
    /// The stop where it ends.
    public var to: StopPlace
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
        from: StopPlace, to: StopPlace, period: Int, count: Double, mean: Double,
        variance: Double
    ) {
        self.from = from
        self.to = to
        self.period = period
        self.count = count
        self.mean = mean
        self.variance = variance
    }
}
