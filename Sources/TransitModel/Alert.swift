/// Something riders should know, as a dispatcher wrote it.
public struct Alert: Hashable, Sendable {
    /// Why, with the numbers of GTFS-Realtime.
    public enum Cause: Int, Hashable, Sendable, CaseIterable {
        case unknownCause = 1
        case otherCause, technicalProblem, strike, demonstration, accident, holiday, weather
        case maintenance, construction, policeActivity, medicalEmergency, specialEvent
    }

    /// What it does to riders, with the numbers of GTFS-Realtime.
    public enum Effect: Int, Hashable, Sendable, CaseIterable {
        case noService = 1
        case reducedService, significantDelays, detour, additionalService, modifiedService
        case otherEffect, unknownEffect, stopMoved, noEffect, accessibilityIssue
    }

    /// How grave, with the numbers of GTFS-Realtime.
    public enum Severity: Int, Hashable, Sendable, CaseIterable {
        case unknown = 1
        case info, warning, severe
    }

    /// A text in one language.
    public struct Translation: Hashable, Sendable {
        /// BCP 47 language, such as `id` or `en`.
        public var language: String
        /// The text.
        public var text: String

        /// Makes a translation.
        public init(language: String, text: String) {
            self.language = language
            self.text = text
        }
    }

    /// What is touched, by ids of the GTFS in force.
    ///
    /// All that are given must hold together.
    public struct InformedEntity: Hashable, Sendable {
        /// GTFS agency id.
        public var agencyID: String?
        /// GTFS route id.
        public var routeID: String?
        /// GTFS stop id.
        public var stopID: String?

        /// Makes an informed entity; at least one id must be given.
        public init(agencyID: String? = nil, routeID: String? = nil, stopID: String? = nil) {
            self.agencyID = agencyID
            self.routeID = routeID
            self.stopID = stopID
        }
    }

    /// Stable id.
    public var id: String
    /// When it holds: from `start` until before `end`, open where nil.
    public var start: Timestamp?
    /// When it stops to hold.
    public var end: Timestamp?
    /// Why.
    public var cause: Cause
    /// What it does to riders.
    public var effect: Effect
    /// How grave.
    public var severity: Severity
    /// What is touched, at least one.
    public var informed: [InformedEntity]
    /// Headline, one text per language, at least one.
    public var header: [Translation]
    /// The whole story, one text per language, at least one.
    public var description: [Translation]

    /// Makes an alert.
    public init(
        id: String, start: Timestamp? = nil, end: Timestamp? = nil, cause: Cause = .unknownCause,
        effect: Effect = .unknownEffect, severity: Severity = .unknown,
        informed: [InformedEntity], header: [Translation], description: [Translation]
    ) {
        self.id = id
        self.start = start
        self.end = end
        self.cause = cause
        self.effect = effect
        self.severity = severity
        self.informed = informed
        self.header = header
        self.description = description
    }

    /// Whether the alert holds at a moment.
    public func isActive(at now: Timestamp) -> Bool {
        if let start, now < start { return false }
        if let end, now >= end { return false }
        return true
    }
}
