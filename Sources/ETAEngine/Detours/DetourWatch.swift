import Geometry
import TransitModel

/// A vehicle's way around a part of its line: where it left and where it was back.
struct Excursion: Hashable, Sendable {
    /// A part of a line that was not driven.
    struct Stretch: Hashable, Sendable {
        /// The line.
        var line: Int
        /// The pattern of the run on it.
        var pattern: PatternIndex
        /// Metres along the line where vehicles left it and came back to it.
        var range: ClosedRange<Double>
        /// Positions in the pattern of the stops that were not served.
        var skipped: [Int]
    }

    /// Who.
    var vehicleID: String
    /// On which run.
    var instance: TripInstance
    /// What it did not drive.
    var stretch: Stretch
    /// Where it left the line and where it came back to it.
    var leave: PlanePoint
    var rejoin: PlanePoint
    /// When it left.
    var leftAt: Timestamp
    /// When it was back.
    var backAt: Timestamp
}

/// Excursions of different vehicles at about the same places: a detour, once they are enough.
///
/// Each vehicle counts once, and half for each further run, since one driver or one tracker that
/// does odd things is less of a sign than several; three make a detour. It is over when three
/// vehicles in a row drove the regular way again.
struct DetourWatch: Sendable {
    /// Metres within which two vehicles leave, or rejoin, at the same place.
    static let nearness = 150.0
    /// Seconds within which excursions belong together, at least.
    static let memory = 5400.0
    /// Vehicles that make a detour.
    private static let quorum = 3.0
    /// What each further run of a vehicle counts.
    private static let repeatWeight = 0.5
    /// Vehicles in a row that drove the regular way, after which a detour is over.
    private static let regularWays = 3
    /// Seconds after which a detour that no vehicle came by is forgotten.
    private static let longestSilence = 86_400.0
    /// Groups and excursions in each that are remembered at most.
    private static let capacity = 64

    /// Excursions that belong together.
    struct Group: Hashable, Sendable {
        var id: String
        var excursions: [Excursion] = []
        /// One for each pattern that was seen to leave.
        var stretches: [Excursion.Stretch] = []
        var vehicles: [String] = []
        var firstSeen: Timestamp
        var lastSeen: Timestamp
        var isSuspected = false
        /// Vehicles in a row that drove the regular way since.
        var regularWays = 0
        /// When a vehicle last came by, on either way.
        var lastPassedBy: Timestamp
    }

    private(set) var groups: [Group] = []
    /// Detours of which nobody wants to hear more while they last, and since when.
    private(set) var dismissed: [String: Timestamp] = [:]

    /// The detours that are likely enough, the latest first.
    func suspected(at now: Timestamp) -> [Group] {
        groups
            .filter {
                $0.isSuspected && dismissed[$0.id] == nil
                    && now - $0.lastPassedBy <= Self.longestSilence
            }
            .sorted { ($1.firstSeen, $0.id) < ($0.firstSeen, $1.id) }
    }

    /// Says no more of a detour while it lasts, also of one that is yet to be noticed.
    mutating func dismiss(_ id: String, at now: Timestamp) { dismissed[id] = now }

    /// Takes in an excursion.
    ///
    /// Those within `memory` seconds belong together; `name` makes an id.
    mutating func note(_ excursion: Excursion, memory: Double, name: (Excursion) -> String) {
        let index = groups.firstIndex { $0.isLike(excursion, within: Self.nearness) }
        var group = index.map { groups[$0] } ?? newGroup(for: excursion, name(excursion))
        if let index { groups.remove(at: index) }
        group.take(excursion, memory: memory, atMost: Self.capacity)
        if Self.weight(of: group.excursions) >= Self.quorum { group.isSuspected = true }
        groups.append(group)
        forget(before: excursion.backAt - Self.longestSilence)
        if groups.count > Self.capacity { end(groups.firstIndex { !$0.isSuspected } ?? 0) }
    }

    /// Takes in that a vehicle on a line went from one distance to another, keeping to the line
    /// since `followedFrom`.
    mutating func noteRegularWay(
        onLine line: Int, to step: ClosedRange<Double>, followedFrom: Double, at moment: Timestamp
    ) {
        for index in groups.indices.reversed() {
            let isPassed = groups[index].stretches.contains {
                $0.line == line && step.lowerBound < $0.range.upperBound
                    && step.upperBound >= $0.range.upperBound
                    && followedFrom <= $0.range.lowerBound + Self.nearness
            }
            guard isPassed else { continue }
            groups[index].regularWays += 1
            groups[index].lastPassedBy = moment
            if groups[index].regularWays >= Self.regularWays { end(index) }
        }
    }

    private mutating func end(_ index: Int) {
        dismissed[groups[index].id] = nil
        groups.remove(at: index)
    }

    private mutating func forget(before limit: Timestamp) {
        for index in groups.indices.reversed() where groups[index].lastPassedBy < limit {
            end(index)
        }
        let ids = Set(groups.map(\.id))
        dismissed = dismissed.filter { ids.contains($0.key) || $0.value >= limit }
    }

    private func newGroup(for excursion: Excursion, _ name: String) -> Group {
        let taken = Set(groups.map(\.id))
        let id = (1...).lazy.map { $0 == 1 ? name : "\(name)-\($0)" }.first { !taken.contains($0) }
        return Group(
            id: id ?? name, firstSeen: excursion.leftAt, lastSeen: excursion.leftAt,
            lastPassedBy: excursion.backAt)
    }

    private static func weight(of excursions: [Excursion]) -> Double {
        let runs = Set(excursions.map { Way(vehicleID: $0.vehicleID, instance: $0.instance) })
        let vehicles = Set(runs.map(\.vehicleID)).count
        return Double(vehicles) + repeatWeight * Double(runs.count - vehicles)
    }

    private struct Way: Hashable {
        var vehicleID: String
        var instance: TripInstance
    }
}

extension DetourWatch.Group {
    /// Whether an excursion left and came back at about the places of this group.
    fileprivate func isLike(_ excursion: Excursion, within metres: Double) -> Bool {
        excursions.contains {
            $0.leave.distance(to: excursion.leave) <= metres
                && $0.rejoin.distance(to: excursion.rejoin) <= metres
        }
    }

    fileprivate mutating func take(_ excursion: Excursion, memory: Double, atMost count: Int) {
        if !isSuspected {
            excursions.removeAll { excursion.backAt - $0.backAt > memory }
            firstSeen = excursions.map(\.leftAt).min() ?? excursion.leftAt
        }
        excursions.append(excursion)
        if excursions.count > count { excursions.removeFirst() }
        // Reckoned afresh, so that what one vehicle alone did fades.
        vehicles = excursions.map(\.vehicleID).reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
        stretches = excursions.map(\.stretch).reduce(into: []) { $0.join($1) }
        lastSeen = max(lastSeen, excursion.leftAt)
        lastPassedBy = max(lastPassedBy, excursion.backAt)
        regularWays = 0
    }
}

extension [Excursion.Stretch] {
    /// Adds a stretch to that of its pattern: from the first place of leaving to the last of coming
    /// back, without the stops that some vehicle served.
    fileprivate mutating func join(_ other: Excursion.Stretch) {
        guard let index = firstIndex(where: { $0.pattern == other.pattern }) else {
            return append(other)
        }
        let own = self[index]
        self[index].range =
            Swift.min(
                own.range.lowerBound, other.range.lowerBound)...Swift.max(
                own.range.upperBound, other.range.upperBound)
        self[index].skipped = own.skipped.filter(other.skipped.contains)
    }
}
