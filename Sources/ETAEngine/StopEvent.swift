public import TransitModel

/// A vehicle's call at a stop, as its pings show.
public struct StopEvent: Hashable, Sendable {
    /// What a vehicle did at a stop of its run.
    public enum Call: String, Hashable, Sendable, CaseIterable {
        /// It stood there.
        case made
        /// It passed without standing: its fixes leave no time for that.
        case passed
        /// It did not come there: it left its line before the stop and was back on it after.
        case skipped
        /// It was there; its fixes are too far apart to tell whether it stood.
        case unknown
    }

    /// Who called.
    public var vehicleID: String
    /// On which run.
    public var instance: TripInstance
    /// Position of the stop in the run's pattern.
    public var position: Int
    /// What the vehicle did there.
    public var call = Call.unknown
    /// When the vehicle came, interpolated between fixes; nil at the start of a run.
    public var arrival: Timestamp?
    /// When it left; nil at the end of a run.
    public var departure: Timestamp?
    /// Seconds of standard error of `arrival`; nil without one, or when unknown.
    public var arrivalError: Double?
    /// Seconds of standard error of `departure`; nil without one, or when unknown.
    public var departureError: Double?
    /// Seconds that it stood; nil where `arrival` and `departure` lie between the same two fixes,
    /// which tell nothing of it.
    public var dwell: Double?
    /// For a stop that was skipped, when the vehicle was back on its line past it.
    public var skippedAt: Timestamp?
    /// Seconds between the two fixes around the arrival: the most it can be wrong by.
    public var bracket: Double

    /// Makes an event.
    public init(
        vehicleID: String, instance: TripInstance, position: Int, arrival: Timestamp?,
        departure: Timestamp?, bracket: Double
    ) {
        self.vehicleID = vehicleID
        self.instance = instance
        self.position = position
        self.arrival = arrival
        self.departure = departure
        self.bracket = bracket
    }

    /// Seconds of standard error of `dwell`: that of the difference of two independent times.
    public var dwellError: Double? {
        guard dwell != nil, let arrivalError, let departureError else { return nil }
        return (arrivalError * arrivalError + departureError * departureError).squareRoot()
    }

    /// When it happened: the arrival, the departure at the start of a run, or when it showed that
    /// the stop was skipped.
    public var happenedAt: Timestamp? { arrival ?? departure ?? skippedAt }
}

extension StopEvent {
    /// What a passage on a run of a pattern tells.
    ///
    /// Progress knows when a vehicle was a little short of the stop and a little beyond it; to halt
    /// and to set out again take the time between.
    init(
        _ passage: Passage, of vehicleID: String, on instance: TripInstance, in pattern: TripPattern
    ) {
        self.init(
            vehicleID: vehicleID, instance: instance, position: passage.position,
            arrival: passage.arrival, departure: passage.departure, bracket: passage.bracket)
        call = passage.call(last: pattern.lastPosition)
        arrivalError = passage.arrivalError
        departureError = passage.departureError
        skippedAt = passage.skippedAt
        bringToStop(isLast: passage.position == pattern.lastPosition)
        if let arrival, let departure, !passage.isWithinOneGap { dwell = departure - arrival }
    }

    private mutating func bringToStop(isLast: Bool) {
        func time(_ metres: Double) -> Double {
            call == .passed ? metres / Gap.freeSpeed : Gap.timeToHalt(metres)
        }
        guard let came = arrival else { return }
        let margin = isLast ? Progress.terminalMargin : Progress.arrivalMargin
        arrival = came + time(margin)
        guard let left = departure else { return }
        let start = left - time(Progress.departureMargin)
        let end = came + time(margin)
        let middle = end + (start - end) / 2
        arrival = min(end, middle)
        departure = max(start, middle)
    }
}
