import Foundation

/// How the rows of a prediction file name what they foretell.
public enum PredictionIdentity: String, Codable, Sendable, CaseIterable {
    /// By trip and stop sequence.
    case trip
    /// By vehicle and stop, whatever trip the row names.
    case vehicle
}

/// Which samples a class of a score holds.
public enum SampleClass: String, Codable, Sendable, CaseIterable {
    /// The vehicle had begun the trip.
    case midTrip = "mid_trip"
    /// It had not.
    case preTrip = "pre_trip"
    /// The part of `preTrip` in which the vehicle had been heard of in the last ten minutes.
    case preTripSeen = "pre_trip_seen"
    /// Departures from the first stop of a trip.
    case terminalDeparture = "terminal_departure"
    /// All of them.
    case all
}

/// What a score found.
public struct ScoreReport: Codable, Hashable, Sendable {
    /// How rows were matched.
    public var by: PredictionIdentity
    /// What became of the truth.
    public var truth: TruthReport
    /// Rows of the prediction file that foretell something.
    public var predictionRows: Int
    /// What became of rows that found no passage.
    public var ghosts: GhostReport
    /// By trip: answers whose stop is not the passage's.
    public var stopMismatches: Int?
    /// By vehicle: whether answers name the right trip.
    public var identity: IdentityReport?
    /// The figures of each class.
    public var classes: [ClassReport]

    /// The report as JSON with snake_case keys in a fixed order; absent figures are left out.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

/// What became of the truth's events.
public struct TruthReport: Codable, Hashable, Sendable {
    /// Events in the file.
    public var events = 0
    /// Events that the exclusions took out.
    public var excludedEvents = 0
    /// Runs that the exclusions took out.
    public var excludedRuns = 0
    /// Percent of the rest whose two fixes lie more than 120 s apart.
    public var vaguePercent: Double?
    /// Events dropped because their fixes lie too far apart.
    public var droppedByBracket = 0
    /// By vehicle: events that were another event's double.
    public var doubleEventsMerged = 0
    /// Runs with a layover past their first stop.
    public var layoverRuns = 0
    /// Events dropped because they lie before such a layover.
    public var droppedByLayover = 0
}

/// Rows that found no passage; those judged foretell the next thirty minutes.
public struct GhostReport: Codable, Hashable, Sendable {
    /// Rows left when superseded ones are taken out.
    public var rows = 0
    /// Rows that were judged.
    public var unmatched = 0
    /// The stop had been passed more than 60 s before.
    public var past = 0
    /// By trip: a trip that nothing ever carried.
    public var neverSeenTrip: Int?
    /// By vehicle: a stop on no trip that the vehicle ran around then.
    public var wrongTrip: Int?
    /// By trip: the bus did come, but more than thirty minutes later.
    public var comesLater: Int?
    /// Nothing is known that could prove them wrong.
    public var unverifiable = 0
    /// Rows that said again what another row had said.
    public var duplicates = 0

    init(neverSeenTrip: Int? = nil, wrongTrip: Int? = nil, comesLater: Int? = nil) {
        self.neverSeenTrip = neverSeenTrip
        self.wrongTrip = wrongTrip
        self.comesLater = comesLater
    }
}

/// Whether answers name the right trip, in percent.
public struct IdentityReport: Codable, Hashable, Sendable {
    /// Answers looked at.
    public var answers = 0
    /// Answers that name the very trip.
    public var tripPercent: Double?
    /// Answers that name a trip of the same route and direction.
    public var routeAndDirectionPercent: Double?
    /// Answers while the vehicle was on the trip.
    public var midTripAnswers = 0
    /// Of these, those that name the very trip.
    public var midTripTripPercent: Double?
    /// Of these, those that name a trip of the same route and direction.
    public var midTripRouteAndDirectionPercent: Double?
}
