/// What decides which classes a sample belongs to.
struct SampleTraits: Equatable {
    /// Seconds within which a vehicle was heard of lately.
    private static let recent = 600.0

    /// Whether the vehicle had begun the trip.
    var isMidTrip: Bool
    /// Whether the trip's first stop is asked about.
    var isTerminal: Bool
    /// Whether the vehicle was heard of lately.
    var isSeen: Bool
}

extension SampleTraits {
    /// Looks at the trace of the passage's vehicle; without any traces every vehicle counts as seen.
    init(_ passage: Passage, at minute: Int64, trace: VehicleTrace?, isUntraced: Bool) {
        isMidTrip = Double(minute) >= passage.begun
        isTerminal = passage.isTerminal
        isSeen =
            isUntraced || trace?.wasHeard(within: Self.recent, before: Double(minute)) ?? false
    }
}

extension SampleClass {
    /// Whether a sample belongs to the class.
    func holds(_ traits: SampleTraits) -> Bool {
        switch self {
        case .midTrip: traits.isMidTrip && !traits.isTerminal
        case .preTrip: !traits.isMidTrip && !traits.isTerminal
        case .preTripSeen: !traits.isMidTrip && !traits.isTerminal && traits.isSeen
        case .terminalDeparture: traits.isTerminal
        case .all: true
        }
    }
}
