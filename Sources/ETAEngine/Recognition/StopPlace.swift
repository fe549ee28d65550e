public import Geometry
public import TransitModel

/// What a stop is, apart from its id: a name at a place.
///
/// Agencies renumber their stops from one version of a timetable to the next. Whatever is kept
/// longer than a version lasts is kept under this, and ``Recognition`` finds the stop again.
public struct StopPlace: Hashable, Sendable {
    /// GTFS `stop_id` in the version where it was last seen.
    public var id: String
    /// Name for riders; empty when nobody knows it any more.
    public var name: String
    /// Where it is; nil when nobody knows it, so that the id is all there is.
    public var coordinate: Coordinate?
    /// What kind of place it is: a station is no stop, however near.
    public var kind: Stop.Kind

    /// Names a place.
    public init(
        id: String, name: String = "", coordinate: Coordinate? = nil, kind: Stop.Kind = .stop
    ) {
        self.id = id
        self.name = name
        self.coordinate = coordinate
        self.kind = kind
    }

    /// What a stop of a timetable is.
    public init(_ stop: Stop) {
        self.init(id: stop.id, name: stop.name, coordinate: stop.coordinate, kind: stop.kind)
    }

    /// Metres within which two stops are taken for one: a street's width, so that a stop that was
    /// surveyed again stays itself.
    public static let reach = 30.0
    /// Metres by which a stop may move while it keeps both its id and its name.
    static let longestMove = 300.0

    /// Metres to another place; nil when one of them is not known.
    public func distance(to other: StopPlace) -> Double? {
        guard let coordinate, let place = other.coordinate else { return nil }
        return coordinate.distance(to: place)
    }

    /// Whether both are one stop, whatever their ids: near enough, or, where a place is not known,
    /// of the same id.
    public func isSame(as other: StopPlace) -> Bool {
        guard kind == other.kind else { return false }
        guard let distance = distance(to: other) else { return id == other.id }
        return distance <= Self.reach
    }

    /// Whether the other may be this one, going by its id alone: it has not become another stop
    /// somewhere else.
    func keepsMeaning(as other: StopPlace) -> Bool {
        guard id == other.id, kind == other.kind else { return false }
        guard let distance = distance(to: other) else { return true }
        return distance <= (name == other.name ? Self.longestMove : Self.reach)
    }
}
