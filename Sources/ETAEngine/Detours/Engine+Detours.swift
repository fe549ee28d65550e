import Geometry
public import TransitModel

extension Engine {
    /// Metres from a stop within which a vehicle off its line came near it.
    private static let stopReach = 80.0
    /// Metres from a line that a way around it goes at least, unless it misses a stop.
    private static let leastDetour = 150.0
    /// Metres of the line that a way around misses at least.
    private static let shortestDetour = 100.0
    /// Seconds off its line after which a vehicle is thought to be on its run no more.
    private static let detourPatience = 1200.0
    /// Metres on the line of another route after which a vehicle is on that route.
    private static let conversion = 800.0
    /// Metres from the ends of a line within which buses stand about.
    private static let terminalReach = 300.0

    /// Says no more of a suspected detour while it lasts, also of one that is yet to be suspected.
    public mutating func dismissDetour(_ id: String, at now: Timestamp) {
        detours.dismiss(id, at: now)
    }

    /// The detours of which no more is to be said and that may still last.
    public var dismissedDetours: Set<String> { Set(detours.dismissed.keys) }

    func suspectedDetours(at now: Timestamp) -> [SuspectedDetour] {
        detours.suspected(at: now).compactMap { group in
            guard let first = group.excursions.first else { return nil }
            return SuspectedDetour(
                id: group.id,
                stretches: group.stretches.map {
                    SuspectedDetour.Stretch(
                        pattern: $0.pattern, from: $0.range.lowerBound, to: $0.range.upperBound,
                        skipped: $0.skipped)
                },
                leave: network.plane.coordinate(first.leave),
                rejoin: network.plane.coordinate(first.rejoin), firstSeen: group.firstSeen,
                lastSeen: group.lastSeen, vehicles: group.vehicles)
        }
    }

    // MARK: - Off the line

    /// Takes note of whether the last fix is on the vehicle's line.
    mutating func watchRoute(of vehicle: Int, at moment: Timestamp) {
        vehicles[vehicle].offRoute.observe(watchedPlace(vehicle, at: moment), at: moment)
        noteStopsNear(vehicle)
        if let since = vehicles.span[vehicle].offRoute.since, moment - since > Self.detourPatience,
            vehicles.span[vehicle].work.isUnderWay, !vehicles.span[vehicle].work.isClaimed
        {
            setRun(nil, of: vehicle)
        }
    }

    /// Where the vehicle is on the line of its run, or on any while it has not begun one.
    private func watchedPlace(_ vehicle: Int, at moment: Timestamp) -> OffRouteWatch.Place {
        let vehicles = vehicles.span
        guard vehicles[vehicle].work.isUnderWay else {
            let best = vehicles[vehicle].matcher.best.flatMap { $0.misses == 0 ? $0.place : nil }
            // Whatever is not found is beyond what is searched.
            return OffRouteWatch.Place(
                distance: best?.distance ?? 0, offset: best?.offset ?? TripMatcher.reach + 1,
                reach: TripMatcher.reach)
        }
        let line = vehicles[vehicle].work.line
        let own = vehicles[vehicle].ownHypothesis.flatMap { $0.misses == 0 ? $0.place : nil }
        let location =
            own.map { PolylineLocation(distanceAlong: $0.distance, offset: $0.offset) }
            ?? searchedPlace(vehicle, onLine: line, at: moment)
        let isNearEnd =
            min(location.distanceAlong, lines.end(ofLine: line) - location.distanceAlong)
            < Self.terminalReach
        return OffRouteWatch.Place(
            line: line, distance: location.distanceAlong, offset: location.offset,
            reach: isNearEnd ? TripMatcher.reach : OffRouteWatch.reach)
    }

    /// The place on a line nearest to a vehicle, as far along as it can have come.
    private func searchedPlace(
        _ vehicle: Int, onLine line: Int, at moment: Timestamp
    ) -> PolylineLocation {
        let before = whereabouts(of: vehicle)
        let low = max(0, before.distance - 100)
        let high = before.distance + 100 + TripMatcher.topSpeed * (moment - before.time)
        return lines[line].polyline.locate(
            vehicles.span[vehicle].point, within: low...max(low, high))
    }

    /// Remembers the stops ahead that a vehicle off its line came near all the same.
    private mutating func noteStopsNear(_ vehicle: Int) {
        let point = vehicles.span[vehicle].point
        guard isAstray(vehicle),
            let way = Polyline([vehicles.span[vehicle].astrayPoint ?? point, point])
        else {
            vehicles[vehicle].astrayPoint = point
            if vehicles.span[vehicle].offRoute.comeback == nil { vehicles[vehicle].stopsNear = [] }
            return
        }
        vehicles[vehicle].astrayPoint = point
        let pattern = patterns[vehicles.span[vehicle].work.pattern]
        let next = vehicles.span[vehicle].work.way.nextStop
        for position in pattern.stops.indices.dropFirst(next).prefix(64) {
            let stop = network.stops[pattern.stops[position]].coordinate
            if let stop, way.locate(network.plane.point(stop)).offset <= Self.stopReach {
                vehicles[vehicle].stopsNear.insert(position)
            }
        }
    }

    /// Whether a vehicle is under way on a run, but not on its line, be it by one wild fix.
    func isAstray(_ vehicle: Int) -> Bool {
        vehicles.span[vehicle].offRoute.since != nil && vehicles.span[vehicle].work.isUnderWay
    }

    /// Whether a vehicle that fits the line of another route better is only on its way around.
    func isOnDetour(_ vehicle: Int, onto best: Hypothesis) -> Bool {
        guard isAstray(vehicle) else { return false }
        let route = lines.route(ofLine: vehicles.span[vehicle].work.line)
        guard lines.route(ofLine: best.line) != route else { return false }
        return vehicles.span[vehicle].claim.route == route || best.travelled < Self.conversion
    }

    // MARK: - Back on it

    /// Takes a vehicle that is back on its line up where it came back; nil for any other.
    mutating func rejoin(_ vehicle: Int, at moment: Timestamp) -> TrackedPassages? {
        guard let back = vehicles.span[vehicle].offRoute.comeback,
            var run = vehicles.span[vehicle].run,
            let left = run.progress, back.distance > left.distance
        else { return nil }
        let near = vehicles.span[vehicle].stopsNear
        let passages = run.way.rejoin(
            at: back.distance, back.moment, left: back.left, pattern: patterns[run.pattern]
        ) { !near.contains($0) }
        vehicles[vehicle].run = run
        vehicles[vehicle].stopsNear = []
        let skipped = passages.filter { $0.skippedAt != nil }.map(\.position)
        if back.distance - left.distance >= Self.shortestDetour,
            !skipped.isEmpty || back.farthest >= Self.leastDetour
        {
            note(back, of: vehicle, from: left.distance, skipped)
        }
        return TrackedPassages(of: run, after: left.before, passages)
    }

    private mutating func note(
        _ back: OffRouteWatch.Comeback, of vehicle: Int, from distance: Double, _ skipped: [Int]
    ) {
        guard let run = vehicles.span[vehicle].run else { return }
        let line = lines[run.line].polyline
        let excursion = Excursion(
            vehicleID: vehicles.span[vehicle].vehicleID, instance: run.instance,
            stretch: Excursion.Stretch(
                line: run.line, pattern: run.pattern, range: distance...back.distance,
                skipped: skipped),
            leave: line.point(at: distance), rejoin: line.point(at: back.distance),
            leftAt: back.left.upperBound, backAt: back.moment)
        let headway = timetable.headway(onLine: run.line, at: back.moment) ?? 0
        detours.note(excursion, memory: max(DetourWatch.memory, 3 * headway), name: name)
    }

    private func name(of excursion: Excursion) -> String {
        let pattern = patterns[excursion.stretch.pattern]
        let from = excursion.stretch.range.lowerBound + Progress.arrivalMargin
        let last = pattern.distances.lastIndex { $0 <= from } ?? 0
        let direction = pattern.direction.map(String.init) ?? "-"
        return "\(network.routes[pattern.route].id).\(direction).\(pattern.sequences[last])"
    }

    /// Where a vehicle is on its run.
    struct WayBehind {
        var instance: TripInstance
        /// Metres along the line.
        var distance: Double
    }

    /// How far a vehicle has come on its run; nil while it is on none.
    func wayBehind(_ vehicle: Int) -> WayBehind? {
        guard vehicles.span[vehicle].work.isUnderWay else { return nil }
        return WayBehind(
            instance: vehicles.span[vehicle].work.instance,
            distance: vehicles.span[vehicle].work.way.distance)
    }

    /// Takes note of a vehicle that went on on its line from where it was before.
    mutating func noteRegularWay(of vehicle: Int, since before: WayBehind, at moment: Timestamp) {
        let distance = vehicles.span[vehicle].work.way.distance
        guard vehicles.span[vehicle].work.isUnderWay,
            before.instance == vehicles.span[vehicle].work.instance, before.distance < distance
        else { return }
        detours.noteRegularWay(
            onLine: vehicles.span[vehicle].work.line, to: before.distance...distance,
            followedFrom: vehicles.span[vehicle].work.way.followedFrom, at: moment)
    }
}
