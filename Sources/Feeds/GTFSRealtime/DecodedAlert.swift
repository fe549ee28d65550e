public import TransitModel

/// A message to riders.
public struct DecodedAlert: Hashable, Sendable {
    /// What is touched; all that is given must hold together.
    public struct Selector: Hashable, Sendable {
        /// GTFS agency id.
        public var agencyID: String?
        /// GTFS route id.
        public var routeID: String?
        /// GTFS route type.
        public var routeType: Int?
        /// GTFS stop id.
        public var stopID: String?
        /// GTFS direction.
        public var directionID: Int?
        /// A run, or all runs of a trip.
        public var trip: DecodedTripDescriptor?
    }

    /// When it holds, under the deprecated name.
    public var activePeriods: [DecodedTimeRange] = []
    /// When riders are to be told.
    public var communicationPeriods: [DecodedTimeRange] = []
    /// When service is touched.
    public var impactPeriods: [DecodedTimeRange] = []
    /// What is touched.
    public var informed: [Selector] = []
    /// Why.
    public var cause: Alert.Cause?
    /// What it does to riders.
    public var effect: Alert.Effect?
    /// How grave.
    public var severity: Alert.Severity?
    /// Headline; a translation without a language has an empty one.
    public var header: [Alert.Translation] = []
    /// The whole story; a translation without a language has an empty one.
    public var description: [Alert.Translation] = []
}
