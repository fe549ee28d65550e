import Geometry
public import TransitModel

/// A route as riders know it.
public struct RouteRow: Codable, Hashable, Sendable {
    /// GTFS route id.
    public var id: String
    /// Short name such as `K1`, may be empty.
    public var shortName: String
    /// Long name, may be empty.
    public var longName: String
    /// Six hex digits without `#`.
    public var color: String
    /// Six hex digits without `#`.
    public var textColor: String
    /// GTFS route type, 3 for a bus.
    public var type: Int

    enum CodingKeys: String, CodingKey {
        case id, color, type
        case shortName = "short_name"
        case longName = "long_name"
        case textColor = "text_color"
    }

    /// Tells of a route.
    public init(_ route: Route) {
        id = route.id
        shortName = route.shortName
        longName = route.longName
        color = route.color
        textColor = route.textColor
        type = route.type
    }
}

/// `GET /api/v1/routes`.
public struct RoutesResponse: Codable, Hashable, Sendable {
    /// Routes in the order in which riders see them.
    public var routes: [RouteRow]

    /// Tells of all routes.
    public init(_ network: Network) {
        routes = network.routes.indices.sorted { network.routeOrder($0) < network.routeOrder($1) }
            .map { RouteRow(network.routes[$0]) }
    }
}

/// `GET /api/v1/routes/{route_id}`.
public struct RouteResponse: Codable, Hashable, Sendable {
    /// The route.
    public var route: RouteRow
    /// Its patterns by direction; in each direction the one with the most trips first.
    public var patterns: [PatternRow]

    /// Tells of a route and where it runs.
    public init(_ route: RouteIndex, in network: Network) {
        func order(_ pattern: PatternIndex) -> (Int, Int, PatternIndex) {
            let direction = network.patterns[pattern].direction ?? .max
            return (direction, -network.trips(of: pattern).count, pattern)
        }
        self.route = RouteRow(network.routes[route])
        patterns = network.patterns(of: route).sorted { order($0) < order($1) }
            .map { PatternRow($0, in: network) }
    }
}

/// A way in which a route runs.
public struct PatternRow: Codable, Hashable, Sendable {
    /// A call on the way.
    public struct Call: Codable, Hashable, Sendable {
        /// GTFS stop id.
        public var id: String
        /// Name for riders.
        public var name: String
        /// Degrees north; null where the timetable gives no position.
        @Nullable public var lat: Double?
        /// Degrees east; null where the timetable gives no position.
        @Nullable public var lon: Double?
        /// `stop_sequence` of the call.
        public var sequence: Int
    }

    /// GTFS direction; null when the timetable gives none.
    @Nullable public var directionID: Int?
    /// What its buses show.
    public var headsign: String
    /// The line driven as pairs of latitude and longitude, to about a decimetre.
    public var shape: [[Double]]
    /// The calls in order.
    public var stops: [Call]

    enum CodingKeys: String, CodingKey {
        case headsign, shape, stops
        case directionID = "direction_id"
    }

    /// Tells of a pattern.
    public init(_ index: PatternIndex, in network: Network) {
        let pattern = network.patterns[index]
        directionID = pattern.direction
        headsign = network.headsign(of: index)
        shape = pattern.line.points.map {
            let place = network.plane.coordinate($0)
            return [place.latitude.rounded(places: 6), place.longitude.rounded(places: 6)]
        }
        stops = zip(pattern.stops, pattern.sequences).map { index, sequence in
            let place = StopPlace(network.stops[index])
            return Call(
                id: place.id, name: place.name, lat: place.lat, lon: place.lon,
                sequence: Int(sequence))
        }
    }
}

extension Network {
    /// What the buses of a trip show: its headsign, else the name of its last stop.
    func headsign(of trip: TripIndex) -> String {
        let headsign = trips[trip].headsign
        return headsign.isEmpty ? lastStopName(of: trips[trip].pattern) : headsign
    }

    /// What the first trip of a pattern that shows anything shows, else the name of its last stop.
    func headsign(of pattern: PatternIndex) -> String {
        trips(of: pattern).lazy.map { self.trips[$0].headsign }.first { !$0.isEmpty }
            ?? lastStopName(of: pattern)
    }

    private func lastStopName(of pattern: PatternIndex) -> String {
        let pattern = patterns[pattern]
        return stops[pattern.stops[pattern.lastPosition]].name
    }
}
