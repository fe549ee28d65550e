public import TransitModel

/// What a route is, apart from its id: the names that riders read on its buses.
public struct RouteSign: Hashable, Sendable {
    /// GTFS `route_id` in the version where it was last seen.
    public var id: String
    /// Short name such as `K1`; may be empty.
    public var shortName: String
    /// Long name; may be empty.
    public var longName: String

    /// Names a route.
    public init(id: String, shortName: String = "", longName: String = "") {
        self.id = id
        self.shortName = shortName
        self.longName = longName
    }

    /// What a route of a timetable is.
    public init(_ route: Route) {
        self.init(id: route.id, shortName: route.shortName, longName: route.longName)
    }

    /// Whether only the id is known.
    public var isNameless: Bool { shortName.isEmpty && longName.isEmpty }

    /// How much speaks for the other being this route, 0 for nothing.
    ///
    /// A short name weighs more than a long one, which is often reworded, and names more than the
    /// id, which may have been given to another route.
    func likeness(to other: RouteSign) -> Int {
        let short = !shortName.isEmpty && shortName == other.shortName
        let long = !longName.isEmpty && longName == other.longName
        return (short ? 4 : 0) + (long ? 2 : 0) + (id == other.id ? 1 : 0)
    }
}
