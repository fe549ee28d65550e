import Geometry
import TransitModel

/// What a fix showed of a run's calls at stops.
struct TrackedPassages {
    /// The run that the calls were made on.
    struct Source {
        var instance: TripInstance
        var pattern: PatternIndex
        /// As ``Run/reference``.
        var reference: [Double]
        /// As ``Run/scheduledStart``.
        var scheduledStart: Timestamp?
    }

    /// Nil when there are no calls.
    var source: Source?
    /// The call before the first of `passages`.
    var before: Passage?
    var passages: [Passage] = []

    /// Nothing.
    init() {}

    init(of run: Run, after before: Passage?, _ passages: [Passage]) {
        source = Source(
            instance: run.instance, pattern: run.pattern, reference: run.reference,
            scheduledStart: run.scheduledStart)
        self.before = before
        self.passages = passages
    }
}

extension Engine {
    /// Metres before the last stop within which a bus that stands has arrived, once it has stood so
    /// many seconds.
    private static let terminalRadius = 150.0
    private static let terminalRest = 60.0
    /// Metres behind the furthest place at which a bus seems to be on another lap.
    private static let lapBehind = 300.0

    /// Keeps the vehicle's run in step with its movement.
    mutating func track(_ vehicle: Int, at moment: Timestamp) -> TrackedPassages {
        vehicles[vehicle].fixesOnRun += 1
        if !vehicles.span[vehicle].work.isClaimed { reassign(vehicle, at: moment) }
        let observed = rejoin(vehicle, at: moment) ?? advance(vehicle, at: moment)
        rate(vehicle, at: moment)
        if isFinished(vehicle), !vehicles.span[vehicle].work.isClaimed {
            setRun(nextRun(after: vehicles[vehicle].work, arriving: moment), of: vehicle)
        }
        return observed
    }

    private func isFinished(_ vehicle: Int) -> Bool {
        let vehicles = vehicles.span
        return vehicles[vehicle].work.isUnderWay
            && vehicles[vehicle].work.way.nextStop
                >= patterns[vehicles[vehicle].work.pattern].stops.count
    }

    // MARK: - How far along

    private mutating func advance(_ vehicle: Int, at moment: Timestamp) -> TrackedPassages {
        guard !isAstray(vehicle), let place = vehicles.span[vehicle].ownHypothesis,
            place.misses == 0
        else { return TrackedPassages() }
        if !vehicles.span[vehicle].work.isUnderWay, !begin(vehicle, with: place, at: moment) {
            return TrackedPassages()
        }
        let observed = move(vehicle, to: place, at: moment)
        let behind = vehicles.span[vehicle].work.way.distance - place.distance
        if behind > Self.lapBehind {
            vehicles[vehicle].work.fellBehind += 1
            if vehicles.span[vehicle].work.fellBehind >= 3 {
                restart(vehicle, at: place, moment)
            }
        } else {
            vehicles[vehicle].work.fellBehind = 0
        }
        return observed
    }

    private mutating func move(
        _ vehicle: Int, to place: Hypothesis, at moment: Timestamp
    ) -> TrackedPassages {
        let index = vehicles.span[vehicle].work.pattern
        let before = vehicles.span[vehicle].work.way.before
        let start = whereabouts(of: vehicle)
        let speed = vehicles.span[vehicle].last?.speed
        let noise = vehicles.span[vehicle].offRoute.noise
        var passages =
            vehicles[vehicle].work.way.advance(
                to: place.distance, at: moment, pattern: patterns[index], speed: speed,
                noise: noise)
        if let arrival = arrival(of: vehicle, on: index) {
            passages +=
                vehicles[vehicle].work.way.arrive(at: arrival, pattern: patterns[index])
        }
        noteRoad(vehicle, onLine: place.line, from: start)
        guard !passages.isEmpty else { return TrackedPassages() }
        return TrackedPassages(of: vehicles.span[vehicle].work, after: before, passages)
    }

    /// How far a vehicle had come on its run, and when that was seen.
    func whereabouts(of vehicle: Int) -> LineMoment {
        LineMoment(
            distance: vehicles.span[vehicle].work.way.distance,
            time: vehicles.span[vehicle].work.way.timestamp)
    }

    /// When a vehicle came to stand near the end of its run; nil while it does not.
    ///
    /// Buses set down and wait at other bays than the one that the timetable names.
    private func arrival(of vehicle: Int, on pattern: PatternIndex) -> Timestamp? {
        let here = whereabouts(of: vehicle)
        guard let end = patterns[pattern].distances.last,
            vehicles.span[vehicle].work.way.nextStop < patterns[pattern].stops.count,
            end - here.distance < Self.terminalRadius,
            here.time - vehicles.span[vehicle].restingSince >= Self.terminalRest
        else { return nil }
        return vehicles.span[vehicle].restingSince
    }

    /// Starts progress afresh where movement shows that the vehicle is far behind what was believed.
    private mutating func restart(_ vehicle: Int, at place: Hypothesis, _ moment: Timestamp) {
        vehicles[vehicle].reassignments += 1
        guard vehicles.span[vehicle].work.isClaimed,
            // A bus that names the same headway trip lap after lap has begun another run of it.
            vehicles.span[vehicle].work.instance.startTime == nil || !isFinished(vehicle)
        else {
            return setRun(nil, of: vehicle)
        }
        vehicles[vehicle].work.fellBehind = 0
        let pattern = patterns[vehicles.span[vehicle].work.pattern]
        vehicles[vehicle].work.progress = Progress(
            distance: place.distance, timestamp: moment, pattern: pattern)
    }
}
