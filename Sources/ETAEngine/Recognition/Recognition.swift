import Geometry
public import TransitModel

/// Finds in a timetable the stops, routes and agencies that an older version had under other ids.
///
/// A stop is one within ``StopPlace/reach`` metres, rather with the same name, then with the same
/// id, then the nearest; or the one that has kept name and id and moved a little. So an id counts
/// only where it still means the same place. A route is the one with the same short name, the same
/// long name, or at last the same id.
public struct Recognition: Sendable {
    /// The timetable that is searched.
    public let network: Network
    private let stopsByCell: [Cell: [StopIndex]]

    /// A square of the network's plane; what is within reach of a point lies in its cell or in one
    /// of the eight around it, even far from the plane's origin, where it stretches.
    private struct Cell: Hashable {
        static let side = 2 * StopPlace.reach
        var column: Int32
        var row: Int32
    }

    /// Prepares the search; O(stops).
    public init(_ network: Network) {
        self.network = network
        var stopsByCell: [Cell: [StopIndex]] = [:]
        for stop in network.stops.indices {
            guard let cell = Self.cell(of: StopPlace(network.stops[stop]), in: network) else {
                continue
            }
            stopsByCell[cell, default: []].append(stop)
        }
        self.stopsByCell = stopsByCell
    }

    /// The stop that is at a place; nil when there is none any more.
    public func stop(_ place: StopPlace) -> StopIndex? {
        var candidates = nearby(place)
        if let known = network.stop(id: place.id),
            place.keepsMeaning(as: StopPlace(network.stops[known]))
        {
            candidates.append(known)
        }
        return candidates.min { rank(of: $0, as: place) < rank(of: $1, as: place) }
    }

    /// The least is the likeliest: the same name counts before the same id, that before nearness.
    private func rank(
        of stop: StopIndex, as place: StopPlace
    ) -> (Int, Int, Double, StopIndex) {
        let other = StopPlace(network.stops[stop])
        return (
            other.name == place.name ? 0 : 1, other.id == place.id ? 0 : 1,
            place.distance(to: other) ?? 0, stop
        )
    }

    /// The route with a sign; nil when there is none any more.
    public func route(_ sign: RouteSign) -> RouteIndex? {
        if sign.isNameless { return network.route(id: sign.id) }
        let likeness = network.routes.elements.map { sign.likeness(to: RouteSign($0)) }
        guard let best = likeness.max(), best > 0 else { return nil }
        return likeness.firstIndex(of: best).map { RouteIndex($0) }
    }

    /// The agency with a name or, where the name is new or not known, with an id.
    public func agency(id: String, name: String?) -> AgencyIndex? {
        let agencies = network.agencies.elements
        let match =
            agencies.firstIndex { $0.id == id && $0.name == name }
            ?? agencies.firstIndex { $0.name == name } ?? agencies.firstIndex { $0.id == id }
        return match.map { AgencyIndex($0) }
    }

    /// The stops within reach.
    private func nearby(_ place: StopPlace) -> [StopIndex] {
        guard let cell = Self.cell(of: place, in: network) else { return [] }
        return (cell.column - 1...cell.column + 1).flatMap { column in
            (cell.row - 1...cell.row + 1).flatMap { row in
                stopsByCell[Cell(column: column, row: row)] ?? []
            }
        }.filter { place.isSame(as: StopPlace(network.stops[$0])) }
    }

    /// Nil for a place that is not known, or so far away that it is in no other city either.
    private static func cell(of place: StopPlace, in network: Network) -> Cell? {
        guard let point = place.coordinate.map(network.plane.point),
            let column = Int32(exactly: (point.x / Cell.side).rounded(.down)),
            let row = Int32(exactly: (point.y / Cell.side).rounded(.down)),
            column.magnitude < Int32.max.magnitude, row.magnitude < Int32.max.magnitude
        else { return nil }
        return Cell(column: column, row: row)
    }
}
