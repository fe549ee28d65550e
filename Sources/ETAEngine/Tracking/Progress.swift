import TransitModel

/// A vehicle's way along a pattern, whose distance never falls.
struct Progress: Hashable, Sendable {
    /// Metres short of a stop at which the vehicle counts as arrived.
    static let arrivalMargin = 10.0
    /// Metres beyond a stop at which it counts as gone.
    static let departureMargin = 15.0
    /// Metres short of the last stop at which the run counts as done: buses set down before it.
    static let terminalMargin = 50.0
    /// Seconds between two fixes after which nobody knows which way the vehicle came.
    private static let longestFollowedGap = 180.0

    /// Metres along the line, the furthest that was seen.
    private(set) var distance: Double
    /// When the vehicle was last located on the line.
    private(set) var timestamp: Timestamp
    /// Position of the first stop not yet reached; one past the last at the end.
    private(set) var nextStop: Int
    /// The last stop reached, until it is left.
    private(set) var standing: Passage?
    /// Metres along the line since which the vehicle was seen to stay on it.
    private(set) var followedFrom: Double
    /// The last stop reached and the moment, also after it was left.
    private var lastPassage: Passage?
    /// The stop reached before that.
    private var priorPassage: Passage?
    /// What is known of standing at the next stop.
    private var approach = Standing()

    /// The call before the next one that ``advance(to:at:pattern:speed:noise:)`` will return.
    var before: Passage? { standing == nil ? lastPassage : priorPassage }

    /// The progress of nobody.
    static var none: Progress { Progress(distance: 0, timestamp: Timestamp(0), nextStop: 0) }

    private init(distance: Double, timestamp: Timestamp, nextStop: Int) {
        self.distance = distance
        self.timestamp = timestamp
        self.nextStop = nextStop
        followedFrom = distance
    }

    /// Starts at a distance, with all stops behind it taken as passed unseen.
    init(distance: Double, timestamp: Timestamp, pattern: TripPattern) {
        self.distance = distance
        self.timestamp = timestamp
        followedFrom = distance
        nextStop =
            pattern.distances.firstIndex { $0 - Self.arrivalMargin > distance }
            ?? pattern.stops.count
    }

    /// Starts with a departure from the first stop, which may have been since a moment.
    init(departedAt departure: Timestamp, since: Timestamp? = nil, pattern: TripPattern) {
        distance = pattern.distances[0]
        timestamp = departure
        followedFrom = pattern.distances[0]
        nextStop = 1
        var passage = Passage(position: 0, arrival: nil, departure: departure, bracket: 0)
        // Taken as the latest moment of a bracket: the mean square from its end is a third.
        let width = max(0, departure - (since ?? departure))
        passage.departureError = max(5, width / 3.0.squareRoot())
        lastPassage = passage
    }

    /// Moves on to where a fix shows the vehicle; returns the stops left (or ended at) on the way.
    ///
    /// `speed` is in metres a second, `noise` in metres of a fix along the line.
    mutating func advance(
        to located: Double, at moment: Timestamp, pattern: TripPattern, speed: Double? = nil,
        noise: Double = Gap.usualNoise
    ) -> [Passage] {
        var step = Step(gap: gap(to: located, at: moment, noise), speed: speed)
        step.gap.calls = (standing == nil ? 0 : 1) + reached(by: step.gap, pattern)
        leave(&step, pattern)
        while isReached(nextStop, by: step.gap, pattern) {
            reachNext(&step, pattern)
            leave(&step, pattern)
        }
        if nextStop < pattern.stops.count {
            approach.observe(step.gap, stop: pattern.distances[nextStop], speed: speed)
        }
        move(along: step.gap)
        return step.left
    }

    /// Comes back to the line at so many metres after a detour.
    ///
    /// `left` is the last moment on the line and the first off it; `isMissed` tells whether the
    /// vehicle was never near the stop at a position. Returns the call from which the vehicle left
    /// the line, the stops that it missed, and those that it came near on its way.
    mutating func rejoin(
        at located: Double, _ moment: Timestamp, left: ClosedRange<Timestamp>,
        pattern: TripPattern, isMissed: (Int) -> Bool
    ) -> [Passage] {
        var step = Step(gap: gap(to: located, at: moment, Gap.usualNoise), speed: nil)
        if var passage = standing {
            let gap = Gap(
                from: Gap.End(distance: distance, moment: left.lowerBound),
                to: Gap.End(distance: distance, moment: left.upperBound))
            passage.departure = gap.from.moment + gap.seconds / 2
            passage.departureError = gap.bracketError
            depart(passage, in: &step)
        }
        while isReached(nextStop, by: step.gap, pattern) {
            comeBackBeyondNext(&step, pattern, isMissed: isMissed(nextStop))
        }
        move(along: step.gap)
        followedFrom = distance
        return step.left
    }

    /// Ends the run at its last stop, where the vehicle stands near it and has stood since a moment;
    /// returns the stop that it stood at before, if it did, and the last.
    mutating func arrive(at arrival: Timestamp, pattern: TripPattern) -> [Passage] {
        let left = standing.map { [$0] } ?? []
        nextStop = pattern.lastPosition
        var passage = Passage(
            position: nextStop, arrival: min(arrival, timestamp),
            bracket: max(0, timestamp - arrival))
        passage.arrivalError = max(5, passage.bracket / 3.0.squareRoot())
        distance = pattern.distances[nextStop]
        takeUp(passage)
        standing = nil
        return left + [passage]
    }

    // MARK: - One step

    /// The way from fix to fix, and the calls that ended on it.
    private struct Step {
        var gap: Gap
        var speed: Double?
        var callsBehind = 0
        var left: [Passage] = []
    }

    private func gap(to located: Double, at moment: Timestamp, _ noise: Double) -> Gap {
        Gap(
            from: Gap.End(distance: distance, moment: timestamp),
            to: Gap.End(distance: max(distance, located), moment: moment), noise: noise)
    }

    private mutating func move(along gap: Gap) {
        distance = gap.to.distance
        timestamp = gap.to.moment
        if gap.seconds > Self.longestFollowedGap { followedFrom = distance }
    }

    private func isReached(_ position: Int, by gap: Gap, _ pattern: TripPattern) -> Bool {
        position < pattern.stops.count
            && Self.threshold(of: position, pattern) <= gap.to.distance
    }

    private func reached(by gap: Gap, _ pattern: TripPattern) -> Int {
        var position = nextStop
        while isReached(position, by: gap, pattern) { position += 1 }
        return position - nextStop
    }

    /// Metres along the line from which the vehicle is at a stop.
    private static func threshold(of position: Int, _ pattern: TripPattern) -> Double {
        let margin = position == pattern.lastPosition ? terminalMargin : arrivalMargin
        return pattern.distances[position] - margin
    }

    private mutating func reachNext(_ step: inout Step, _ pattern: TripPattern) {
        let arrival = step.gap.crossing(
            Self.threshold(of: nextStop, pattern), callsBehind: step.callsBehind)
        var passage = Passage(
            position: nextStop, arrival: arrival.moment, bracket: step.gap.seconds,
            arrivalError: arrival.error, isWithinOneGap: true, standing: approach)
        passage.standing.observe(
            step.gap, stop: pattern.distances[nextStop], speed: step.speed)
        takeUp(passage)
        guard nextStop > pattern.lastPosition else { return }
        step.left.append(passage)
        standing = nil
    }

    private mutating func takeUp(_ passage: Passage) {
        standing = passage
        priorPassage = lastPassage
        lastPassage = passage
        approach = Standing()
        nextStop += 1
    }

    private mutating func leave(_ step: inout Step, _ pattern: TripPattern) {
        guard var passage = standing else { return }
        let stop = pattern.distances[passage.position]
        if step.gap.from.distance >= Self.threshold(of: passage.position, pattern) {
            passage.standing.observe(step.gap, stop: stop, speed: step.speed)
            passage.isWithinOneGap = false
        }
        guard stop + Self.departureMargin <= step.gap.to.distance else {
            standing = passage
            lastPassage = passage
            return
        }
        let departure = step.gap.crossing(
            stop + Self.departureMargin, callsBehind: step.callsBehind + 1)
        passage.departure = max(departure.moment, passage.arrival ?? step.gap.from.moment)
        passage.departureError = departure.error
        depart(passage, in: &step)
    }

    private mutating func depart(_ passage: Passage, in step: inout Step) {
        standing = nil
        lastPassage = passage
        step.left.append(passage)
        step.callsBehind += 1
    }

    private mutating func comeBackBeyondNext(
        _ step: inout Step, _ pattern: TripPattern, isMissed: Bool
    ) {
        var passage = Passage(position: nextStop, bracket: step.gap.seconds)
        if isMissed {
            passage.skippedAt = step.gap.to.moment
        } else {
            let threshold = Self.threshold(of: nextStop, pattern)
            passage.arrival = step.gap.crossing(threshold, callsBehind: 0).moment
            passage.departure = nextStop == pattern.lastPosition ? nil : passage.arrival
            passage.arrivalError = step.gap.bracketError
            passage.departureError = passage.departure.map { _ in step.gap.bracketError }
            passage.isWithinOneGap = true
            passage.standing.observe(step.gap, stop: pattern.distances[nextStop], speed: nil)
        }
        takeUp(passage)
        depart(passage, in: &step)
    }
}
