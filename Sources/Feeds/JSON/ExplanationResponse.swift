public import ETAEngine
import Geometry
public import TransitModel

/// What `transpadang explain vehicle` shows: why the engine thinks what it thinks.
public struct ExplanationResponse: Codable, Hashable, Sendable {
    /// One reading of the vehicle's movement.
    public struct Hypothesis: Codable, Hashable, Sendable {
        /// GTFS route id.
        public var routeID: String
        /// GTFS direction.
        @Nullable public var directionID: Int?
        /// What buses on it show.
        public var headsign: String
        /// Metres along the line.
        public var distanceM: Int
        /// Metres from the line.
        public var offsetM: Int
        /// Share of belief from 0 to 1.
        public var probability: Double
        /// GTFS trip id of the run that fits best; null where none is to be expected.
        @Nullable public var tripID: String?
        /// Seconds late (+) or early (-) on it; null without a timetable.
        @Nullable public var latenessS: Int?

        enum CodingKeys: String, CodingKey {
            case headsign, probability
            case routeID = "route_id"
            case directionID = "direction_id"
            case distanceM = "distance_m"
            case offsetM = "offset_m"
            case tripID = "trip_id"
            case latenessS = "lateness_s"
        }
    }

    /// One of the last fixes.
    public struct Fix: Codable, Hashable, Sendable {
        /// When it was taken, in seconds since 1970.
        public var timestamp: Int64
        /// Degrees north.
        public var lat: Double
        /// Degrees east.
        public var lon: Double
        /// `accepted`, or the reason why it was not acted on.
        public var outcome: String
        /// The reservation with which it is believed all the same; null for none.
        @Nullable public var doubt: String?
    }

    /// When the answer was made, in seconds since 1970.
    public var generatedAt: Int64
    /// The vehicle as the map shows it.
    public var vehicle: VehicleRow
    /// Every reading still alive, the likeliest first.
    public var hypotheses: [Hypothesis]
    /// The last fixes, newest first.
    public var fixes: [Fix]
    /// Plain sentences.
    public var reasons: [String]

    enum CodingKeys: String, CodingKey {
        case vehicle, hypotheses, fixes, reasons
        case generatedAt = "generated_at"
    }

    /// Tells of an explanation at `now`.
    public init(_ explanation: VehicleExplanation, in network: Network, at now: Timestamp) {
        generatedAt = now.unix
        vehicle = VehicleRow(explanation.status, in: network, at: now)
        hypotheses = explanation.hypotheses.map { Hypothesis($0, in: network) }
        fixes = explanation.fixes.map { Fix($0) }
        reasons = explanation.reasons
    }
}

extension ExplanationResponse.Hypothesis {
    init(_ hypothesis: VehicleExplanation.Hypothesis, in network: Network) {
        let pattern = network.patterns[hypothesis.pattern]
        routeID = network.routes[pattern.route].id
        directionID = pattern.direction
        headsign = network.headsign(of: hypothesis.pattern)
        distanceM = hypothesis.distanceAlong.whole
        offsetM = hypothesis.offset.whole
        probability = hypothesis.probability.rounded(places: 3)
        tripID = hypothesis.instance.map { network.trips[$0.trip].id }
        latenessS = hypothesis.lateness?.whole
    }
}

extension ExplanationResponse.Fix {
    init(_ fix: VehicleExplanation.Fix) {
        timestamp = fix.timestamp.unix
        lat = fix.coordinate.latitude.rounded(places: 6)
        lon = fix.coordinate.longitude.rounded(places: 6)
        outcome = fix.outcome.rejection?.rawValue ?? "accepted"
        doubt = fix.outcome.doubt?.rawValue
    }
}
