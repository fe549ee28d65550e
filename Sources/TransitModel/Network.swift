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

    private let stopsByID: [IDKey: StopIndex]
    private let routesByID: [IDKey: RouteIndex]
    private let tripsByID: [IDKey: TripIndex]
    private let tripsByPattern: Grouping<TripIndex>
    private let patternsByRoute: Grouping<PatternIndex>
    private let visitsByStop: Grouping<StopVisit>
    private let tripsByBlock: [IDKey: [TripIndex]]

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
        tripsByPattern = Self.tripsByPattern(parts)
        patternsByRoute = Grouping(parts.patterns.indices, into: parts.routes.count) {
            parts.patterns[$0].route.position
        }
        visitsByStop = Self.visitsByStop(parts)
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
    public func stop(id: String) -> StopIndex? { stopsByID[IDKey(id)] }
    /// The route with a GTFS id.
    public func route(id: String) -> RouteIndex? { routesByID[IDKey(id)] }
    /// The trip with a GTFS id.
    public func trip(id: String) -> TripIndex? { tripsByID[IDKey(id)] }
    /// The trips of a pattern, by departure from the first stop.
    public func trips(of pattern: PatternIndex) -> ArraySlice<TripIndex> {
        tripsByPattern[pattern.position]
    }
    /// The patterns of a route.
    public func patterns(of route: RouteIndex) -> ArraySlice<PatternIndex> {
        patternsByRoute[route.position]
    }
    /// Where patterns call at a stop; twice for a pattern that comes back.
    public func visits(at stop: StopIndex) -> ArraySlice<StopVisit> { visitsByStop[stop.position] }
    /// The trips that one bus works in turn, by departure; services are mixed.
    public func trips(inBlock block: String) -> [TripIndex] { tripsByBlock[IDKey(block)] ?? [] }

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
    private let place: Int32

    init(pattern: PatternIndex, position: Int) {
        self.pattern = pattern
        place = Int32(position)
    }

    /// Position of the stop in the pattern, from 0.
    public var position: Int { Int(place) }
}

extension Network {
    private static func byID<Element>(
        _ table: Table<Element>, _ id: (Element) -> String
    ) -> [IDKey: TableIndex<Element>] {
        let pairs = zip(table.elements.map { IDKey(id($0)) }, table.indices)
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private static func tripsByPattern(_ parts: Parts) -> Grouping<TripIndex> {
        var groups = Grouping(parts.trips.indices, into: parts.patterns.count) {
            parts.trips[$0].pattern.position
        }
        groups.sortEach { precedes($0, $1, parts) }
        return groups
    }

    private static func visitsByStop(_ parts: Parts) -> Grouping<StopVisit> {
        let patterns = parts.patterns
        let visits = patterns.indices.lazy.flatMap { pattern in
            patterns[pattern].stops.indices.lazy.map {
                StopVisit(pattern: pattern, position: $0)
            }
        }
        return Grouping(visits, into: parts.stops.count) {
            patterns[$0.pattern].stops[$0.position].position
        }
    }

    private static func blocks(_ parts: Parts) -> [IDKey: [TripIndex]] {
        var blocks: [IDKey: [TripIndex]] = [:]
        for index in parts.trips.indices {
            if let block = parts.trips[index].block {
                blocks[IDKey(block), default: []].append(index)
            }
        }
        return blocks.mapValues { trips in trips.sorted { precedes($0, $1, parts) } }
    }

    private static func precedes(_ left: TripIndex, _ right: TripIndex, _ parts: Parts) -> Bool {
        func departure(_ trip: TripIndex) -> ServiceTime {
            parts.stopTimes[parts.trips[trip].firstStopTime].departure
        }
        return (departure(left), left) < (departure(right), right)
    }
}
