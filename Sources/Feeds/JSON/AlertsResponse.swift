public import TransitModel

/// `GET /api/v1/alerts`.
public struct AlertsResponse: Codable, Hashable, Sendable {
    /// When the answer was made, in seconds since 1970.
    public var generatedAt: Int64
    /// The alerts that hold or will hold, the gravest first.
    public var alerts: [AlertRow]

    enum CodingKeys: String, CodingKey {
        case generatedAt = "generated_at"
        case alerts
    }

    /// Tells of the alerts that are not over at `now`, in a language where there is one.
    public init(alerts: [Alert], at now: Timestamp, language: String? = nil) {
        generatedAt = now.unix
        self.alerts = alerts.filter { $0.end.map { now < $0 } ?? true }
            .sorted { ($1.severity.rawValue, $0.id) < ($0.severity.rawValue, $1.id) }
            .map { AlertRow($0, language: language) }
    }
}

/// An alert in one language.
public struct AlertRow: Codable, Hashable, Sendable {
    /// What an alert touches; ids of the GTFS in force.
    public struct Informed: Codable, Hashable, Sendable {
        /// GTFS agency id.
        @Nullable public var agencyID: String?
        /// GTFS route id.
        @Nullable public var routeID: String?
        /// GTFS stop id.
        @Nullable public var stopID: String?

        enum CodingKeys: String, CodingKey {
            case agencyID = "agency_id"
            case routeID = "route_id"
            case stopID = "stop_id"
        }
    }

    /// Stable id.
    public var id: String
    /// Headline.
    public var header: String
    /// The whole story.
    public var description: String
    /// How grave, by the name in GTFS-Realtime.
    public var severity: String
    /// Why, by the name in GTFS-Realtime.
    public var cause: String
    /// What it does to riders, by the name in GTFS-Realtime.
    public var effect: String
    /// First second in which it holds; null when it has always held.
    @Nullable public var start: Int64?
    /// First second in which it no longer holds; null when nobody knows.
    @Nullable public var end: Int64?
    /// What is touched.
    public var informed: [Informed]

    /// Tells of an alert in a language if it has it, else in its first.
    public init(_ alert: Alert, language: String? = nil) {
        id = alert.id
        header = alert.header.text(in: language)
        description = alert.description.text(in: language)
        severity =
            alert.severity == .unknown ? "UNKNOWN_SEVERITY" : specificationName(alert.severity)
        cause = specificationName(alert.cause)
        effect = specificationName(alert.effect)
        start = alert.start?.unix
        end = alert.end?.unix
        informed = alert.informed.map {
            Informed(agencyID: $0.agencyID, routeID: $0.routeID, stopID: $0.stopID)
        }
    }
}

extension [Alert.Translation] {
    /// The text in a language (`id` also for `id-ID`), else the first; empty for none.
    func text(in language: String?) -> String {
        let wanted = language.flatMap { $0.split(separator: "-").first }
        let match = first { translation in
            wanted != nil && translation.language.split(separator: "-").first == wanted
        }
        return (match ?? first)?.text ?? ""
    }
}

/// The name that GTFS-Realtime gives a case: `technicalProblem` is `TECHNICAL_PROBLEM`.
func specificationName(_ enumCase: some RawRepresentable<Int>) -> String {
    var name = ""
    for character in "\(enumCase)" {
        if character.isUppercase { name += "_" }
        name += character.uppercased()
    }
    return name
}

extension Alert {
    /// Whether riders at a stop should be told now: it names the stop, a route that calls there, or
    /// no more than the agency.
    func concerns(_ stop: StopIndex, in network: Network, at now: Timestamp) -> Bool {
        guard isActive(at: now) else { return false }
        let stopID = network.stops[stop].id
        let routes = Set(network.routeIDs(at: stop))
        return informed.contains { entity in
            (entity.stopID ?? stopID) == stopID
                && (entity.routeID.map(routes.contains) ?? true)
        }
    }
}
