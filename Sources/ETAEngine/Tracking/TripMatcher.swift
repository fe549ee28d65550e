import Geometry
import TransitModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One reading of a vehicle's movement: on this line, at this distance.
struct Hypothesis: Hashable, Sendable {
    var line: Int
    var location: PolylineLocation
    /// When the location was last confirmed by a fix.
    var timestamp: Timestamp
    /// Natural logarithm of what movement says for it, relative to the other hypotheses.
    var evidence: Double
    /// Natural logarithm of what the source's present claims say for it.
    var prior: Double
    /// Metres moved forward along the line since the hypothesis was born.
    var travelled: Double
    /// Fixes in a row that were nowhere near.
    var misses: Int

    /// Natural logarithm of the belief in it; 0 for the best.
    var belief: Double { evidence + prior }
}

/// What a source claims about where a vehicle belongs.
struct Claim: Hashable, Sendable {
    var line: Int?
    var route: RouteIndex?
    var direction: Int?
    var headsign: String?
    /// Metres along `line` where the timetable has the claimed trip.
    var expectedDistance: Double?
}

/// Follows a vehicle along the lines it may be on, by a small causal filter.
///
/// Each hypothesis is one line and one distance along it. A fix moves every hypothesis to the place
/// on its line that best agrees with both where the bus is and how far it can have come (after
/// Newson and Krumm 2009: the way along the road should be as long as the way through the air);
/// backward moves cost, so that of two directions on one street the wrong one starves. New
/// hypotheses come from the grid whenever the old ones do badly or a line ends.
struct TripMatcher: Hashable, Sendable {
    /// Metres from a line within which a bus is thought to be on it.
    static let reach = 100.0
    /// Hypotheses kept.
    static let capacity = 16
    /// Metres of a typical fix error.
    static let sigma = 20.0
    /// Metres a second that a bus may travel.
    static let topSpeed = 30.0
    /// Metres that a bus may seem to go back.
    static let backwardSlack = 60.0
    /// Belief below the best at which a hypothesis dies.
    static let floor = -14.0

    private(set) var hypotheses: [Hypothesis] = []
    private var lastPoint: PlanePoint?
    private var fixesSinceInjection = 0

    /// The best hypothesis, if any.
    var best: Hypothesis? { hypotheses.first }

    /// The hypothesis on a line with the most belief, if any is alive.
    func hypothesis(onLine line: Int) -> Hypothesis? { hypotheses.first { $0.line == line } }

    /// Takes in a believed fix.
    mutating func observe(
        _ point: PlanePoint, at timestamp: Timestamp, claim: Claim, in lines: LineSet
    ) {
        let moved = lastPoint.map { $0.distance(to: point) } ?? 0
        advance(to: point, at: timestamp, moved: moved, claim: claim, in: lines)
        if needsInjection(in: lines) {
            inject(point, at: timestamp, claim: claim, in: lines)
        }
        lastPoint = point
        prune()
    }

    /// Forgets everything but where the vehicle was.
    mutating func reset() { hypotheses.removeAll(keepingCapacity: true) }

    // MARK: - Moving what is there

    private mutating func advance(
        to point: PlanePoint, at timestamp: Timestamp, moved: Double, claim: Claim,
        in lines: LineSet
    ) {
        // Standing still says nothing about direction, so it must not wear away what is known.
        let memory = moved > 20 ? 0.9 : 1.0
        var next: [Hypothesis] = []
        for hypothesis in hypotheses {
            var kept = hypothesis
            kept.evidence *= memory
            kept.prior = Self.prior(of: lines[kept.line], under: claim)
            let places = Self.places(for: kept, at: point, timestamp, lines[kept.line].polyline)
            if places.isEmpty {
                kept.misses += 1
                kept.evidence -= 4
                if kept.misses <= 12 { next.append(kept) }
                continue
            }
            for place in places {
                var branch = kept
                branch.evidence += Self.logLikelihood(
                    of: place, after: kept.location.distanceAlong, moved: moved)
                branch.travelled = max(
                    0, kept.travelled + place.distanceAlong - kept.location.distanceAlong)
                branch.location = place
                branch.timestamp = timestamp
                branch.misses = 0
                next.append(branch)
            }
        }
        hypotheses = next
    }

    /// The separate places on a line near a point that a hypothesis can have reached.
    private static func places(
        for hypothesis: Hypothesis, at point: PlanePoint, _ timestamp: Timestamp, _ line: Polyline
    ) -> [PolylineLocation] {
        let elapsed = timestamp - hypothesis.timestamp
        let along = hypothesis.location.distanceAlong
        let low = max(0, min(along, line.length) - backwardSlack)
        let high = min(line.length, along + topSpeed * elapsed + backwardSlack)
        return LocalMinima.locations(on: line, near: point, within: low...max(low, high), reach)
    }

    private static func logLikelihood(
        of place: PolylineLocation, after along: Double, moved: Double
    ) -> Double {
        // Heavy tails: a fix far off the line is unlikely, but not impossible.
        let off = place.offset / sigma
        let offLine = -2.5 * log(1 + off * off / 4)
        let gap = (place.distanceAlong - along - moved) / (25 + 0.2 * moved)
        return offLine - min(8, gap * gap / 2)
    }

    // MARK: - New hypotheses

    private mutating func needsInjection(in lines: LineSet) -> Bool {
        fixesSinceInjection += 1
        guard let best else { return true }
        return best.misses > 0 || best.location.offset > 40 || fixesSinceInjection >= 10
            || best.location.distanceAlong > lines[best.line].polyline.length - 250
            || best.travelled < 50
    }

    private mutating func inject(
        _ point: PlanePoint, at timestamp: Timestamp, claim: Claim, in lines: LineSet
    ) {
        fixesSinceInjection = 0
        let bestEvidence = best?.evidence ?? 0
        let isFirst = hypotheses.isEmpty
        let ended = best.map {
            $0.location.distanceAlong > lines[$0.line].polyline.length - 250
        }
        for found in lines.grid.locations(near: point) {
            guard claim.line == nil || claim.line == found.line, !isKnown(found) else { continue }
            let starts = found.location.distanceAlong < 250
            let switching = isFirst ? 0.0 : (ended == true && starts ? -1.5 : -6)
            let off = found.location.offset / Self.sigma
            hypotheses.append(
                Hypothesis(
                    line: found.line, location: found.location, timestamp: timestamp,
                    evidence: bestEvidence + switching - 2.5 * log(1 + off * off / 4)
                        + Self.prior(of: found.location, under: claim),
                    prior: Self.prior(of: lines[found.line], under: claim), travelled: 0,
                    misses: 0))
        }
    }

    private func isKnown(_ found: LineLocation) -> Bool {
        hypotheses.contains {
            $0.line == found.line
                && abs($0.location.distanceAlong - found.location.distanceAlong) < 150
        }
    }

    /// What a source's word is worth: a lot for the route, little for a direction text that lags.
    private static func prior(of line: Line, under claim: Claim) -> Double {
        var prior = 0.0
        if let route = claim.route, route != line.route { prior -= 6 }
        if let direction = claim.direction, let own = line.direction, direction != own {
            prior -= 2
        }
        if let headsign = claim.headsign, !line.headsigns.isEmpty,
            !line.headsigns.contains(headsign)
        {
            prior -= 0.7
        }
        return prior
    }

    /// On a line that passes a place twice, the leg where the timetable has the trip is likelier.
    private static func prior(of place: PolylineLocation, under claim: Claim) -> Double {
        guard let expected = claim.expectedDistance else { return 0 }
        let gap = (place.distanceAlong - expected) / 3000
        return -min(4, gap * gap / 2)
    }

    // MARK: - Keeping few

    private mutating func prune() {
        hypotheses.sort { ($0.belief, $1.line) > ($1.belief, $0.line) }
        guard let top = hypotheses.first?.belief else { return }
        var kept: [Hypothesis] = []
        for var hypothesis in hypotheses where kept.count < Self.capacity {
            hypothesis.evidence -= top
            guard hypothesis.belief >= Self.floor else { break }
            let isTwin = kept.contains {
                $0.line == hypothesis.line
                    && abs($0.location.distanceAlong - hypothesis.location.distanceAlong) < 50
            }
            if !isTwin { kept.append(hypothesis) }
        }
        hypotheses = kept
    }

    /// Shares of belief, in the order of ``hypotheses``.
    var probabilities: [Double] {
        let weights = hypotheses.map { exp($0.belief) }
        let sum = weights.reduce(0, +)
        return sum > 0 ? weights.map { $0 / sum } : weights
    }

    /// The belief in the best hypothesis and all that say the same of route and direction of travel:
    /// lines of one route that run together there are no contradiction.
    func confidence(in lines: LineSet) -> Double {
        guard let best else { return 0 }
        let line = lines[best.line]
        let bearing = line.polyline.bearing(at: best.location.distanceAlong)
        var agreed = 0.0
        for (hypothesis, probability) in zip(hypotheses, probabilities) {
            let other = lines[hypothesis.line]
            let turn = abs(
                (other.polyline.bearing(at: hypothesis.location.distanceAlong) - bearing + 540)
                    .truncatingRemainder(dividingBy: 360) - 180)
            if other.route == line.route && turn < 60 { agreed += probability }
        }
        return agreed
    }
}

/// Places on a line that are nearer to a point than their neighbours on it.
enum LocalMinima {
    /// One location for each separate stretch within `reach`, in order along the line.
    static func locations(
        on line: Polyline, near point: PlanePoint, within range: ClosedRange<Double>,
        _ reach: Double
    ) -> [PolylineLocation] {
        guard line.points.count > 1 else { return [] }
        var found: [PolylineLocation] = []
        var isOpen = false
        for segment in line.segment(at: range.lowerBound)...line.segment(at: range.upperBound) {
            var place = line.locate(point, onSegment: segment)
            let held = min(max(place.distanceAlong, range.lowerBound), range.upperBound)
            if held != place.distanceAlong {
                place = PolylineLocation(
                    distanceAlong: held, offset: line.point(at: held).distance(to: point))
            }
            guard place.offset <= reach else {
                isOpen = false
                continue
            }
            if isOpen, let last = found.last {
                if place.offset < last.offset { found[found.count - 1] = place }
            } else {
                found.append(place)
            }
            isOpen = true
        }
        return found
    }
}
