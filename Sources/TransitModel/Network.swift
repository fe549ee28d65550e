public import Geometry

/// One version of the timetable: checked, dense and immutable.
///
/// Everything in it refers to everything else by index, and every index is valid. A class so that
/// sharing it costs a reference.
public final class Network: Sendable {
    /// What a compiler hands over to make a network.
    public struct Parts: Sendable {
        /// `feed_version`, or another text that names this version.
        public var version = ""
        /// Agencies; the first one's zone rules all times.
        public var agencies = Table<Agency>()
        /// Stops, stations and the rest of `stops.txt`.
        public var stops = Table<Stop>()
        /// Routes.
        public var routes = Table<Route>()
        /// Services.
        public var services = Table<Service>()
        /// Shapes, on ``plane``.
        public var shapes = Table<Shape>()
        /// Patterns.
        public var patterns = Table<TripPattern>()
        /// Trips.
        public var trips = Table<Trip>()
        /// Times of all trips, one after the other.
        public var stopTimes: [StopTime] = []
        /// The flat map that all lines lie on.
        public var plane = LocalPlane(origin: Coordinate(latitude: 0, longitude: 0))

        /// Makes an empty set of parts.
        public init() {}
    }

    private let parts: Parts
    /// Dates and times in the agency's zone.
    public let serviceDay: ServiceDay

    private let stopsByID: [String: StopIndex]
    private let routesByID: [String: RouteIndex]
    private let tripsByID: [String: TripIndex]
    private let tripsByPattern: [[TripIndex]]
    private let patternsByRoute: [[PatternIndex]]
    private let visitsByStop: [[StopVisit]]
    private let tripsByBlock: [String: [TripIndex]]

    /// Joins parts whose indexes are all valid; nil only when the first agency's zone is unknown.
    public init?(_ parts: Parts) {
        guard let first = parts.agencies.elements.first,
            let serviceDay = ServiceDay(timeZoneName: first.timeZone)
        else { return nil }
        self.parts = parts
        self.serviceDay = serviceDay
        stopsByID = Self.byID(parts.stops, \.id)
        routesByID = Self.byID(parts.routes, \.id)
        tripsByID = Self.byID(parts.trips, \.id)
        tripsByPattern = Self.group(parts.trips, into: parts.patterns.count, by: \.pattern)
            .map { Self.byDeparture($0, parts) }
        patternsByRoute = Self.group(parts.patterns, into: parts.routes.count, by: \.route)
        visitsByStop = Self.visits(parts)
        tripsByBlock = Self.blocks(parts)
    }

    /// `feed_version`, or another text that names this version.
    public var version: String { parts.version }
    /// Agencies; the first one's zone rules all times.
    public var agencies: Table<Agency> { parts.agencies }
    /// Stops, stations and the rest of `stops.txt`.
    public var stops: Table<Stop> { parts.stops }
    /// Routes.
    public var routes: Table<Route> { parts.routes }
    /// Services.
    public var services: Table<Service> { parts.services }
    /// Shapes.
    public var shapes: Table<Shape> { parts.shapes }
    /// Patterns.
    public var patterns: Table<TripPattern> { parts.patterns }
    /// Trips.
    public var trips: Table<Trip> { parts.trips }
    /// The flat map that all lines lie on.
    public var plane: LocalPlane { parts.plane }
    /// How many stop times there are over all trips.
    public var stopTimeCount: Int { parts.stopTimes.count }

    /// The stop with a GTFS id.
    public func stop(id: String) -> StopIndex? { stopsByID[id] }
    /// The route with a GTFS id.
    public func route(id: String) -> RouteIndex? { routesByID[id] }
    /// The trip with a GTFS id.
    public func trip(id: String) -> TripIndex? { tripsByID[id] }
    /// The trips of a pattern, by departure from the first stop.
    public func trips(of pattern: PatternIndex) -> [TripIndex] { tripsByPattern[pattern.position] }
    /// The patterns of a route.
    public func patterns(of route: RouteIndex) -> [PatternIndex] { patternsByRoute[route.position] }
    /// Where patterns call at a stop; twice for a pattern that comes back.
    public func visits(at stop: StopIndex) -> [StopVisit] { visitsByStop[stop.position] }
    /// The trips that one bus works in turn, by departure; services are mixed.
    public func trips(inBlock block: String) -> [TripIndex] { tripsByBlock[block] ?? [] }

    /// The time of a trip at a position of its pattern.
    public func stopTime(of trip: TripIndex, at position: Int) -> StopTime {
        parts.stopTimes[parts.trips[trip].firstStopTime + position]
    }

    /// When a trip leaves its first stop.
    public func departure(of trip: TripIndex) -> ServiceTime {
        stopTime(of: trip, at: 0).departure
    }

    /// The pattern of a trip.
    public func pattern(of trip: TripIndex) -> TripPattern { patterns[trips[trip].pattern] }
}

/// A pattern's call at a stop.
public struct StopVisit: Hashable, Sendable {
    /// The pattern.
    public let pattern: PatternIndex
    /// Position of the stop in the pattern, from 0.
    public let position: Int
}

extension Network {
    private static func byID<Element>(
        _ table: Table<Element>, _ id: (Element) -> String
    ) -> [String: TableIndex<Element>] {
        let pairs = zip(table.elements.map(id), table.indices)
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private static func group<Element, Key>(
        _ table: Table<Element>, into count: Int, by key: (Element) -> TableIndex<Key>
    ) -> [[TableIndex<Element>]] {
        var groups = [[TableIndex<Element>]](repeating: [], count: count)
        for index in table.indices { groups[key(table[index]).position].append(index) }
        return groups
    }

    private static func visits(_ parts: Parts) -> [[StopVisit]] {
        var visits = [[StopVisit]](repeating: [], count: parts.stops.count)
        for index in parts.patterns.indices {
            for (position, stop) in parts.patterns[index].stops.enumerated() {
                visits[stop.position].append(StopVisit(pattern: index, position: position))
            }
        }
        return visits
    }

    private static func blocks(_ parts: Parts) -> [String: [TripIndex]] {
        var blocks: [String: [TripIndex]] = [:]
        for index in parts.trips.indices {
            if let block = parts.trips[index].block { blocks[block, default: []].append(index) }
        }
        return blocks.mapValues { byDeparture($0, parts) }
    }

    private static func byDeparture(_ trips: [TripIndex], _ parts: Parts) -> [TripIndex] {
        func departure(_ trip: TripIndex) -> ServiceTime {
            parts.stopTimes[parts.trips[trip].firstStopTime].departure
        }
        return trips.sorted { (departure($0), $0) < (departure($1), $1) }
    }
}
