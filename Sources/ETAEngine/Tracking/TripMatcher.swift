import Geometry
import TransitModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Follows a vehicle along the lines it may be on, by a small causal filter.
///
/// Each hypothesis is one line and one distance along it. A fix moves every hypothesis to the place
/// on its line that best agrees with both where the bus is and how far it can have come (after
/// Newson and Krumm 2009: the way along the road should be as long as the way through the air);
/// backward moves cost, so that of two directions on one street the wrong one starves. A line that
/// passes a place twice has a hypothesis on each leg until progress breaks one. New hypotheses come
/// from the grid whenever the old ones do badly or a line ends; a bus that is followed does not
/// touch the grid.
struct TripMatcher: Hashable, Sendable {
    /// Metres from a line within which a bus is thought to be on it.
    static let reach = 100.0
    /// Metres of a typical fix error.
    static let sigma = 20.0
    /// Metres a second that a bus may travel.
    static let topSpeed = 30.0
    /// Metres that a bus may seem to go back.
    static let backwardSlack = 60.0
    /// Belief below the best at which a hypothesis dies.
    static let floor = -14.0
    /// Fixes in a row away from its line after which a hypothesis dies.
    static let mostMisses = 12
    /// Belief, as a natural logarithm, that a vehicle which moves along a line just when a run is to
    /// be expected there is on no run all the same.
    static let elsewhere = -6.0
    /// What a claimed route adds to that.
    static let claimedRoute = -4.0
    /// Metres along a line by which being on no run becomes e times less likely.
    static let faithfulWay = 3000.0
    /// Metres before the end of a line from which other lines may begin.
    static let endZone = 250.0

    private(set) var hypotheses = HypothesisList()
    private var lastPoint: PlanePoint?
    private var fixesSinceInjection = 0

    /// The best hypothesis, if any.
    var best: Hypothesis? { hypotheses.first }

    /// The hypothesis on a line with the most belief, if any is alive.
    func hypothesis(onLine line: Int) -> Hypothesis? {
        for index in hypotheses.indices where hypotheses[index].line == line {
            return hypotheses[index]
        }
        return nil
    }

    /// Takes in a believed fix.
    ///
    /// `fit` tells what the timetable says for a place of a line: where many lines share a road, those
    /// without a run to expect must not take the room of those with one.
    mutating func observe(
        _ point: PlanePoint, at timestamp: Timestamp, claim: Claim, in lines: LineSet,
        using nearby: inout NearbyLines, fit: (Int, Double) -> Double
    ) {
        let moved = lastPoint.map { $0.distance(to: point) } ?? 0
        lastPoint = point
        let fix = Fix(point: point, timestamp: timestamp, moved: moved)
        advance(to: fix, claim: claim, in: lines)
        if needsInjection(in: lines) {
            inject(fix, claim: claim, in: lines, using: &nearby, fit: fit)
        }
        hypotheses.settle(floor: Self.floor)
    }

    /// Takes in what the timetable says for each hypothesis.
    mutating func weigh(_ fit: (Hypothesis) -> Double) {
        hypotheses.weigh(fit)
        hypotheses.settle(floor: Self.floor)
    }

    /// What movement and the source say for the hypothesis for which they say most.
    var mostSupport: Double {
        var most = -Double.infinity
        for index in hypotheses.indices where hypotheses[index].misses == 0 {
            most = max(most, hypotheses[index].support)
        }
        return most
    }

    /// Forgets everything but where the vehicle was.
    mutating func reset() { hypotheses.removeAll() }

    private struct Fix {
        var point: PlanePoint
        var timestamp: Timestamp
        /// Metres from the fix before.
        var moved: Double
    }

    // MARK: - Moving what is there

    private mutating func advance(to fix: Fix, claim: Claim, in lines: LineSet) {
        let before = hypotheses.turn()
        // Standing still says nothing about direction, so it must not wear away what is known.
        let memory = fix.moved > 20 ? 0.9 : 1.0
        for index in 0..<before {
            var kept = hypotheses.old(index)
            kept.evidence *= memory
            kept.prior = lines.prior(of: kept.line, under: claim)
            if !branch(kept, to: fix, in: lines) { miss(kept) }
        }
    }

    /// Enters a branch of a hypothesis for each place that it can have reached; false if none.
    private mutating func branch(_ kept: Hypothesis, to fix: Fix, in lines: LineSet) -> Bool {
        let length = lines.edges.lineLengths[kept.line]
        let elapsed = fix.timestamp - kept.timestamp
        let low = max(0, min(kept.distance, length) - Self.backwardSlack)
        let high = min(length, kept.distance + Self.topSpeed * elapsed + Self.backwardSlack)
        var isFound = false
        lines.edges.forEachPlace(
            onLine: kept.line, near: fix.point, from: low, to: max(low, high),
            scanningFrom: kept.place, within: Self.reach
        ) { place in
            var branch = kept
            branch.evidence += Self.logLikelihood(of: place, after: kept.distance, moved: fix.moved)
            branch.travelled = max(0, kept.travelled + place.distance - kept.distance)
            branch.place = place
            branch.timestamp = fix.timestamp
            branch.misses = 0
            hypotheses.insert(branch, twins: 50)
            isFound = true
        }
        return isFound
    }

    private mutating func miss(_ hypothesis: Hypothesis) {
        var kept = hypothesis
        kept.misses += 1
        kept.evidence -= 4
        if kept.misses <= Self.mostMisses { hypotheses.insert(kept, twins: 50) }
    }

    private static func logLikelihood(
        of place: LinePlace, after along: Double, moved: Double
    ) -> Double {
        let gap = (place.distance - along - moved) / (25 + 0.2 * moved)
        return offLine(place.offset) - min(8, gap * gap / 2)
    }

    /// Heavy tails: a fix far off the line is unlikely, but not impossible.
    private static func offLine(_ offset: Double) -> Double {
        let off = offset / sigma
        return -2.5 * log(1 + off * off / 4)
    }

    // MARK: - New hypotheses

    private mutating func needsInjection(in lines: LineSet) -> Bool {
        fixesSinceInjection += 1
        guard let best else { return true }
        return best.misses > 0 || best.place.offset > 40 || fixesSinceInjection >= 10
            || best.travelled < 50 || isNearEnd(best, in: lines)
    }

    private func isNearEnd(_ hypothesis: Hypothesis, in lines: LineSet) -> Bool {
        hypothesis.distance > lines.edges.lineLengths[hypothesis.line] - Self.endZone
    }

    private mutating func inject(
        _ fix: Fix, claim: Claim, in lines: LineSet, using nearby: inout NearbyLines,
        fit: (Int, Double) -> Double
    ) {
        fixesSinceInjection = 0
        let best = best
        let hasEnded = best.map { isNearEnd($0, in: lines) } ?? false
        lines.grid.find(fix.point, on: claim.line, into: &nearby)
        for found in nearby {
            let line = found.line
            guard !isKnown(found),
                let place = lines.edges.place(
                    at: found.location.distanceAlong, along: line, offset: found.location.offset)
            else { continue }
            let starts = place.distance < Self.endZone
            let switching = best == nil ? 0.0 : (hasEnded && starts ? -1.5 : -6)
            var new = Hypothesis(
                line: line, place: place, timestamp: fix.timestamp,
                evidence: (best?.evidence ?? 0) + switching + Self.offLine(place.offset)
                    + Self.prior(of: place, under: claim),
                prior: lines.prior(of: line, under: claim))
            new.fit = fit(line, place.distance)
            hypotheses.insert(new, twins: 50)
        }
    }

    private func isKnown(_ found: LineLocation) -> Bool {
        for index in hypotheses.indices where hypotheses[index].line == found.line {
            if abs(hypotheses[index].distance - found.location.distanceAlong) < 150 { return true }
        }
        return false
    }

    /// On a line that passes a place twice, the leg where the timetable has the trip is likelier.
    private static func prior(of place: LinePlace, under claim: Claim) -> Double {
        guard let expected = claim.expectedDistance else { return 0 }
        let gap = (place.distance - expected) / 3000
        return -min(4, gap * gap / 2)
    }

    // MARK: - How sure

    /// Shares of belief, in the order of ``hypotheses``.
    var probabilities: [Double] {
        let weights = hypotheses.indices.map { exp(hypotheses[$0].belief) }
        let sum = weights.reduce(0, +)
        return sum > 0 ? weights.map { $0 / sum } : weights
    }

    /// The belief in a hypothesis and all that say the same of route and direction of travel: lines
    /// of one route that run together there are no contradiction.
    ///
    /// A source that claims the very route speaks against it being on no run.
    func confidence(in own: Hypothesis, under claim: Claim, of lines: LineSet) -> Double {
        let route = lines.route(ofLine: own.line)
        var agreed = 0.0
        var sum = 0.0
        for index in hypotheses.indices {
            let other = hypotheses[index]
            let weight = exp(other.belief)
            sum += weight
            if lines.route(ofLine: other.line) == route,
                lines.edges.cosine(own.place, other.place) > 0.5
            {
                agreed += weight
            }
        }
        // That it is on no run at all is the likelier, the worse even the best fits the timetable.
        let word = claim.route == route ? Self.claimedRoute : 0
        let elsewhere =
            hypotheses.first.map { best in
                // Nobody but a bus on a run follows a line for long.
                exp(Self.elsewhere + word - best.fit - min(3, best.travelled / Self.faithfulWay))
            } ?? 0
        return agreed / (sum + elsewhere)
    }
}

extension LineSet {
    /// What a source's word is worth: a lot for the route, little for a direction text that lags.
    @inline(__always)
    func prior(of line: Int, under claim: Claim) -> Double {
        var prior = 0.0
        if let route = claim.route, route != self.route(ofLine: line) { prior -= 6 }
        if let direction = claim.direction, let own = self.direction(ofLine: line),
            direction != own
        {
            prior -= 2
        }
        if let headsign = claim.headsign, !shows(headsign, onLine: line) { prior -= 0.7 }
        return prior
    }
}
