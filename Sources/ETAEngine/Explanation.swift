public import Geometry
public import TransitModel

/// Why the engine thinks what it thinks of one vehicle.
public struct VehicleExplanation: Sendable {
    /// One reading of the vehicle's movement.
    public struct Hypothesis: Sendable {
        /// The pattern it would be on.
        public var pattern: PatternIndex
        /// Metres along that pattern's line.
        public var distanceAlong: Double
        /// Metres from the line.
        public var offset: Double
        /// Share of belief from 0 to 1.
        public var probability: Double
        /// The run of that pattern which the place and the time fit best, if any is to be expected.
        public var instance: TripInstance?
        /// Seconds late (+) or early (-) on that run; nil where only a headway is promised.
        public var lateness: Double?

        /// Makes a hypothesis.
        public init(
            pattern: PatternIndex, distanceAlong: Double, offset: Double, probability: Double
        ) {
            self.pattern = pattern
            self.distanceAlong = distanceAlong
            self.offset = offset
            self.probability = probability
        }
    }

    /// One of the last fixes and what became of it.
    public struct Fix: Hashable, Sendable {
        /// When it was taken.
        public var timestamp: Timestamp
        /// Where.
        public var coordinate: Coordinate
        /// What became of it.
        public var outcome: PingOutcome

        /// Makes a fix.
        public init(timestamp: Timestamp, coordinate: Coordinate, outcome: PingOutcome) {
            self.timestamp = timestamp
            self.coordinate = coordinate
            self.outcome = outcome
        }
    }

    /// The vehicle as the snapshot shows it.
    public var status: VehicleStatus
    /// Every reading still alive, the likeliest first.
    public var hypotheses: [Hypothesis]
    /// The last fixes, newest first.
    public var fixes: [Fix]
    /// Plain sentences: why this reading won, or why there is none.
    public var reasons: [String]

    /// Makes an explanation.
    public init(
        status: VehicleStatus, hypotheses: [Hypothesis], fixes: [Fix], reasons: [String]
    ) {
        self.status = status
        self.hypotheses = hypotheses
        self.fixes = fixes
        self.reasons = reasons
    }
}
