public import Geometry
public import TransitModel

/// A stop as every answer names it.
public struct StopPlace: Codable, Hashable, Sendable {
    /// GTFS stop id.
    public var id: String
    /// Name for riders.
    public var name: String
    /// Degrees north; null where the timetable gives no position.
    @Nullable public var lat: Double?
    /// Degrees east; null where the timetable gives no position.
    @Nullable public var lon: Double?

    /// Names a stop.
    public init(_ stop: Stop) {
        id = stop.id
        name = stop.name
        lat = stop.coordinate?.latitude
        lon = stop.coordinate?.longitude
    }
}

/// A stop with what calls there.
public struct StopRow: Codable, Hashable, Sendable {
    /// GTFS stop id.
    public var id: String
    /// Name for riders.
    public var name: String
    /// Degrees north; null where the timetable gives no position.
    @Nullable public var lat: Double?
    /// Degrees east; null where the timetable gives no position.
    @Nullable public var lon: Double?
    /// GTFS ids of the routes that call there, in the order in which riders see routes.
    public var routes: [String]
    /// Metres from where the search began; null where there was none.
    @Nullable public var distanceM: Int?

    enum CodingKeys: String, CodingKey {
        case id, name, lat, lon, routes
        case distanceM = "distance_m"
    }

    /// Tells of a stop, and how far it is.
    public init(_ stop: StopIndex, in network: Network, distance: Double? = nil) {
        let place = StopPlace(network.stops[stop])
        id = place.id
        name = place.name
        lat = place.lat
        lon = place.lon
        routes = network.routeIDs(at: stop)
        distanceM = distance.map(\.whole)
    }
}

/// `GET /api/v1/stops/{stop_id}`.
public struct StopResponse: Codable, Hashable, Sendable {
    /// The stop.
    public var stop: StopRow

    /// Tells of a stop.
    public init(_ stop: StopIndex, in network: Network) {
        self.stop = StopRow(stop, in: network)
    }
}

/// `GET /api/v1/stops?near=lat,lon&radius=`.
public struct StopsResponse: Codable, Hashable, Sendable {
    /// Stops, nearest first.
    public var stops: [StopRow]

    /// Finds the stops that buses call at within `radius` metres of a place.
    public init(near place: Coordinate, radius: Double, limit: Int = 100, in network: Network) {
        let found = network.stops.indices.compactMap { stop -> (StopIndex, Double)? in
            guard let coordinate = network.stops[stop].coordinate,
                !network.visits(at: stop).isEmpty
            else { return nil }
            let distance = coordinate.distance(to: place)
            return distance <= radius ? (stop, distance) : nil
        }
        stops = found.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(max(0, limit))
            .map { StopRow($0.0, in: network, distance: $0.1) }
    }
}

extension Network {
    /// GTFS ids of the routes that call at a stop, in the order in which riders see routes.
    func routeIDs(at stop: StopIndex) -> [String] {
        Set(visits(at: stop).map { patterns[$0.pattern].route })
            .sorted { routeOrder($0) < routeOrder($1) }
            .map { routes[$0].id }
    }

    /// Sorts routes as the timetable wants them shown.
    func routeOrder(_ route: RouteIndex) -> (Int, Int) {
        (routes[route].sortOrder ?? .max, route.position)
    }
}
