import Foundation

/// How well the engine told what vehicles were doing.
public struct TrackingReport: Codable, Hashable, Sendable {
    /// Pings given to the engine.
    public var pings: Int
    /// Pings that it believed; all figures are of these.
    public var accepted: Int
    /// Pings believed of which nobody says what is true.
    public var unlabelled: Int
    /// Pings believed whose truth names a trip that the timetable knows.
    public var located: Int
    /// Pings believed whose truth is in service but on a trip that the timetable does not know.
    public var unknownTrips: Int
    /// The figures of pings in service, over all of them and over parts of them.
    public var selections: [TrackingFigures]
    /// Pings out of service that were shown in service, by what the vehicle truly did.
    public var outOfService: [PhaseFigures]
    /// Layovers of at least one ping during which the bus was shown to have left on a new run.
    public var falseDepartures: Share

    /// The report as JSON with snake_case keys in a fixed order; absent figures are left out.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

/// Which pings in service are looked at.
public enum TrackingSelection: String, Codable, Hashable, Sendable, CaseIterable {
    /// All.
    case all
    /// Those more than 150 m from the first and the last stop of the true trip.
    case underWay = "under_way"
    /// Those whose label can be right: it names a trip for five minutes or more, and the vehicle did
    /// not move backwards along its line.
    case plausible
}

/// A share with what it is a share of, and its 95 % interval.
public struct Share: Codable, Hashable, Sendable {
    /// How many.
    public var count: Int
    /// Of how many.
    public var of: Int
    /// The same in percent; nil of none.
    public var percent: Double?
    /// Where the interval begins, by resampling runs (vehicles for pings out of service).
    public var low: Double?
    /// Where it ends.
    public var high: Double?
}

/// How often something was right, wrong, or not shown.
public struct VerdictShares: Codable, Hashable, Sendable {
    /// Shown and right.
    public var right: Share
    /// Shown and wrong.
    public var wrong: Share
    /// Not shown.
    public var missing: Share
}

/// Seconds from the first ping of a true run to the first at which something was right.
public struct LockFigures: Codable, Hashable, Sendable {
    /// Runs in which it was right within 90 s.
    public var within90: Share
    /// Runs in which it never was.
    public var never: Int
    /// Of all runs; nil when half never were right.
    public var median: Double?
    /// Of all runs; nil when a tenth never were right.
    public var p90: Double?
}

/// Metres between where a vehicle was shown on its pattern and where it was.
public struct DistanceFigures: Codable, Hashable, Sendable {
    /// Pings with the pattern right and a place in the label.
    public var pings: Int
    /// Of the error without its sign.
    public var median: Double
    /// Of the error without its sign.
    public var p90: Double
    /// Of the error, positive when shown too far ahead.
    public var medianError: Double
}

/// What is right at some confidence.
public struct CalibrationBin: Codable, Hashable, Sendable {
    /// Where the bin begins.
    public var from: Double
    /// Where it ends; the last includes its end.
    public var to: Double
    /// Mean confidence published.
    public var mean: Double?
    /// Route and direction right, of pings at which some were shown.
    public var line: Share
    /// Pattern right.
    public var pattern: Share
}

/// The figures of some of the pings in service.
public struct TrackingFigures: Codable, Hashable, Sendable {
    /// Which pings.
    public var selection: TrackingSelection
    /// How many.
    public var pings: Int
    /// True runs that they belong to.
    public var runs: Int
    /// Route and direction.
    public var line: VerdictShares
    /// The stops in their order.
    public var pattern: VerdictShares
    /// The trip.
    public var trip: VerdictShares
    /// Until route and direction are right.
    public var lineLock: LockFigures
    /// Until the trip is right.
    public var tripLock: LockFigures
    /// Changes of the run shown in the middle of a true run, per 100 runs.
    public var changesPer100Runs: Double?
    /// Those of them that left the right trip.
    public var changesFromRightPer100Runs: Double?
    /// Place along the pattern.
    public var distance: DistanceFigures?
    /// Whether confidence means what it says.
    public var calibration: [CalibrationBin]
    /// Pings at which route and direction were not right, by where in the run and how.
    public var causes: [String: Int]
    /// Pings with route and direction right and the trip not, by how.
    public var tripCauses: [String: Int]
}

/// What was shown while a vehicle was not in service.
public struct PhaseFigures: Codable, Hashable, Sendable {
    /// What it did.
    public var phase: String
    /// How often it was shown in service.
    public var inService: Share
    /// What was shown, by state.
    public var shown: [String: Int]
}
