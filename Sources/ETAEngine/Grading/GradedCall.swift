public import TransitModel

/// A call at a stop that happened, with all that had been foretold of it.
///
/// At each of the thirty whole minutes before the arrival a rider could have asked when the bus comes.
/// An answer that was not given is a miss: it is in ``minutesAsked``, but not in ``answers``.
public struct GradedCall: Hashable, Sendable {
    /// What was told in one minute.
    public struct Answer: Hashable, Sendable {
        /// When it was told.
        public var madeAt: Timestamp
        /// The arrival that was foretold.
        public var predicted: Timestamp
        /// Half-width in seconds of the interval in which 80 % of arrivals were to lie.
        public var uncertainty: Double
        /// What it rested on.
        public var source: PredictionSource
        /// Seconds since the vehicle's last fix; nil without a vehicle.
        public var fixAge: Double?
        /// As ``StopPrediction/shift``.
        var shift: Float = 0
        /// As ``StopPrediction/spread``.
        var spread: Float = 0

        /// The arrival that the model led to expect.
        var expected: Timestamp { predicted - Double(shift) }

        /// Makes an answer.
        public init(
            madeAt: Timestamp, predicted: Timestamp, uncertainty: Double, source: PredictionSource,
            fixAge: Double? = nil
        ) {
            self.madeAt = madeAt
            self.predicted = predicted
            self.uncertainty = uncertainty
            self.source = source
            self.fixAge = fixAge
        }
    }

    /// Who called.
    public var vehicleID: String
    /// On which run.
    public var instance: TripInstance
    /// The run's pattern.
    public var pattern: PatternIndex
    /// Position of the stop in it.
    public var position: Int
    /// When the vehicle came; at the first stop, when it left.
    public var arrival: Timestamp
    /// Whole minutes before the arrival in which the service was up, thirty at most.
    public var minutesAsked: Int
    /// What was told in them, oldest first.
    public var answers: [Answer]

    /// Makes a graded call.
    public init(
        vehicleID: String, instance: TripInstance, pattern: PatternIndex, position: Int,
        arrival: Timestamp, minutesAsked: Int, answers: [Answer]
    ) {
        self.vehicleID = vehicleID
        self.instance = instance
        self.pattern = pattern
        self.position = position
        self.arrival = arrival
        self.minutesAsked = minutesAsked
        self.answers = answers
    }
}
