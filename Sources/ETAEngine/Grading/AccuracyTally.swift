public import TransitModel

/// How well riders were told, as sums that can be added up.
///
/// One minute in which a rider could have asked for one bus at one stop counts as one.
public struct AccuracyTally: Hashable, Sendable {
    /// Minutes in which a rider could have asked.
    public var asked = 0
    /// Of those, how many had an answer.
    public var answered = 0
    /// Of those, how many answers were within the MBTA's bounds.
    public var accurate = 0
    /// Of the answers, how many had the truth in the interval that they gave.
    public var withinInterval = 0
    /// Seconds of error of the answers, whichever way.
    public var absoluteError = 0.0
    /// Seconds of error of the answers, positive where buses came later than foretold.
    public var error = 0.0
    /// Why the minutes that are not accurate are not; they add up to these.
    public var misses: [MissCause: Int] = [:]

    /// Makes an empty tally.
    public init() {}

    /// Adds another up.
    public static func += (left: inout Self, right: Self) {
        left.asked += right.asked
        left.answered += right.answered
        left.accurate += right.accurate
        left.withinInterval += right.withinInterval
        left.absoluteError += right.absoluteError
        left.error += right.error
        left.misses.merge(right.misses, uniquingKeysWith: +)
    }
}

/// What a tally is of; nil where it is of all there is.
public struct AccuracyKey: Hashable, Sendable {
    /// The day whose service it was.
    public var date: ServiceDate?
    /// GTFS route.
    public var routeID: String
    /// GTFS direction, if the feed gave one.
    public var directionID: Int?
    /// GTFS stop.
    public var stopID: String?
    /// Hour of the day in which the bus came, 0 to 23.
    public var hour: Int?
    /// Where the bus was in its run.
    public var phase: RunPhase
    /// How far ahead the answer looked.
    public var horizon: Horizon

    /// Names what a tally is of.
    public init(
        date: ServiceDate? = nil, routeID: String, directionID: Int? = nil, stopID: String? = nil,
        hour: Int? = nil, phase: RunPhase, horizon: Horizon
    ) {
        self.date = date
        self.routeID = routeID
        self.directionID = directionID
        self.stopID = stopID
        self.hour = hour
        self.phase = phase
        self.horizon = horizon
    }
}

/// Tallies by what they are of.
public struct AccuracySums: Hashable, Sendable {
    /// All of them.
    public private(set) var tallies: [AccuracyKey: AccuracyTally] = [:]

    /// Makes no sums.
    public init() {}

    /// Whether there are none.
    public var isEmpty: Bool { tallies.isEmpty }

    /// Adds to a tally.
    public mutating func add(_ tally: AccuracyTally, to key: AccuracyKey) {
        tallies[key, default: AccuracyTally()] += tally
    }

    /// Adds other sums.
    public mutating func add(_ other: AccuracySums) {
        for (key, tally) in other.tallies { add(tally, to: key) }
    }

    /// The sums under other keys; those without one are left out.
    public func summed(by key: (AccuracyKey) throws -> AccuracyKey?) rethrows -> AccuracySums {
        var sums = AccuracySums()
        for (old, tally) in tallies {
            if let new = try key(old) { sums.add(tally, to: new) }
        }
        return sums
    }

    /// All of them added up.
    public var total: AccuracyTally { tallies.values.reduce(into: AccuracyTally()) { $0 += $1 } }
}
