import TransitModel

/// Whether a vehicle keeps to its line, told from how far each fix is from it.
///
/// It has left when distance and time both say so: three fixes in a row that are far from the line,
/// over a minute or more. It is back when three fixes in a row are near it, or two over half a
/// minute, that do not go backwards. Far is more than 40 m, or more than three times what the
/// vehicle's fixes are usually off. So neither a wild fix nor a street of high walls makes an
/// excursion, and neither crossing its line nor a fix that happens to lie on it ends one.
struct OffRouteWatch: Hashable, Sendable {
    /// Metres from a line from which a fix is far from it, at least.
    static let reach = 40.0
    /// Fixes in a row that it takes to believe that a vehicle has left or is back.
    private static let fixes = 3
    /// Seconds that it takes to believe that a vehicle has left.
    private static let leavingTime = 60.0
    /// Seconds after which two fixes suffice to believe that it is back.
    private static let returnTime = 30.0
    /// Seconds off route after which nothing is foretold any more.
    private static let longTime = 120.0
    /// Seconds without a fix over which no time counts: nobody knows where the vehicle was.
    private static let longestGap = 300.0
    /// Metres that a vehicle which is back on its line may seem to go backwards.
    private static let backwardSlack = 60.0

    /// Where a fix lies in relation to a line.
    struct Place {
        /// Which line; nil for the nearest of all.
        var line: Int?
        /// Metres along the line.
        var distance: Double
        /// Metres from the line.
        var offset: Double
        /// Metres from the line that are no wonder there, as at terminals.
        var reach = OffRouteWatch.reach
    }

    /// That a vehicle is back on its line.
    struct Comeback: Hashable {
        /// Metres along the line of the first fix there.
        var distance: Double
        /// When that fix was taken.
        var moment: Timestamp
        /// The last fix on the line and the first off it.
        var left: ClosedRange<Timestamp>
        /// Metres from the line of the farthest fix.
        var farthest: Double
    }

    /// Fixes near the line since it was left.
    private struct Return: Hashable {
        var first: Place.Anchor
        var last: Double
        var count = 0
    }

    /// When the first of the far fixes was taken; nil while the last fix is near, and not after an
    /// excursion that is not yet over.
    private(set) var since: Timestamp?
    /// Whether the vehicle is believed to have left its line.
    private(set) var isOff = false
    /// Metres from the line of the farthest fix since the line was left.
    private(set) var farthest = 0.0
    /// What the last fix ended; nil for most.
    private(set) var comeback: Comeback?
    private var line: Int?
    private var farFixes = 0
    private var lastNear: Timestamp?
    private var back: Return?
    private var timestamp: Timestamp?
    private var meanSquare = Gap.usualNoise * Gap.usualNoise

    /// Metres that the vehicle's fixes are usually off its line: a measure of their noise along it.
    var noise: Double { min(30, max(3, meanSquare.squareRoot())) }

    /// Whether the vehicle has been off route for so long that it may serve no stop ahead.
    var isLongOff: Bool {
        guard isOff, let since, let timestamp else { return false }
        return timestamp - since > Self.longTime
    }

    /// Takes in a believed fix; ``comeback`` tells whether it ends an excursion.
    mutating func observe(_ place: Place, at moment: Timestamp) {
        comeback = nil
        if place.line != line || isTooLong(until: moment) { startAnew(on: place.line) }
        timestamp = moment
        if place.offset > max(place.reach, 3 * noise) {
            depart(place, at: moment)
        } else if isOff {
            approach(place, at: moment)
        } else {
            since = nil
            lastNear = moment
            meanSquare += 0.1 * (place.offset * place.offset - meanSquare)
        }
    }

    private func isTooLong(until moment: Timestamp) -> Bool {
        guard !isOff, let timestamp else { return false }
        return moment - timestamp > Self.longestGap
    }

    private mutating func startAnew(on line: Int?) {
        self.line = line
        since = nil
        isOff = false
        lastNear = nil
        back = nil
    }

    private mutating func depart(_ place: Place, at moment: Timestamp) {
        back = nil
        if since == nil {
            farFixes = 0
            farthest = 0
        }
        let start = since ?? moment
        since = start
        farFixes += 1
        farthest = max(farthest, place.offset)
        if farFixes >= Self.fixes, moment - start >= Self.leavingTime { isOff = true }
    }

    private mutating func approach(_ place: Place, at moment: Timestamp) {
        let anchor = Place.Anchor(distance: place.distance, moment: moment)
        var near = back ?? Return(first: anchor, last: place.distance)
        if place.distance < near.last - Self.backwardSlack {
            near = Return(first: anchor, last: place.distance)
        }
        near.count += 1
        near.last = place.distance
        back = near
        let isLong = near.count > 1 && moment - near.first.moment >= Self.returnTime
        guard near.count >= Self.fixes || isLong, let since else { return }
        comeback = Comeback(
            distance: near.first.distance, moment: near.first.moment,
            left: min(lastNear ?? since, since)...since, farthest: farthest)
        startAnew(on: line)
        lastNear = moment
    }
}

extension OffRouteWatch.Place {
    /// Where and when a vehicle came near its line.
    fileprivate struct Anchor: Hashable {
        var distance: Double
        var moment: Timestamp
    }
}
