public import ETAEngine
import Geometry
public import TransitModel

/// `GET /api/v1/accuracy`: how well riders were told when buses come.
public struct AccuracyResponse: Codable, Hashable, Sendable {
    /// A span of minutes by which an answer looked ahead.
    public struct HorizonRow: Codable, Hashable, Sendable {
        /// First minute of the span.
        public var fromMinutes: Int
        /// Last minute of the span.
        public var toMinutes: Int
        /// How well riders were told.
        public var score: AccuracyByPhase

        enum CodingKeys: String, CodingKey {
            case score
            case fromMinutes = "from_minutes"
            case toMinutes = "to_minutes"
        }
    }

    /// A corridor.
    public struct RouteRow: Codable, Hashable, Sendable {
        /// GTFS route id.
        public var routeID: String
        /// How well riders were told.
        public var score: AccuracyByPhase

        enum CodingKeys: String, CodingKey {
            case score
            case routeID = "route_id"
        }
    }

    /// An hour of the day.
    public struct HourRow: Codable, Hashable, Sendable {
        /// 0 to 23.
        public var hour: Int
        /// How well riders were told.
        public var score: AccuracyByPhase
    }

    /// A service date.
    public struct DayRow: Codable, Hashable, Sendable {
        /// As `YYYYMMDD`.
        public var date: String
        /// How well riders were told.
        public var score: AccuracyByPhase
    }

    /// A stop of a corridor.
    public struct StopRow: Codable, Hashable, Sendable {
        /// GTFS route id.
        public var routeID: String
        /// GTFS direction; null when the feed gave none.
        @Nullable public var directionID: Int?
        /// GTFS stop id.
        public var stopID: String
        /// What riders call it; its id where the timetable does not know it any more.
        public var name: String
        /// How well riders were told.
        public var score: AccuracyByPhase

        enum CodingKeys: String, CodingKey {
            case name, score
            case routeID = "route_id"
            case directionID = "direction_id"
            case stopID = "stop_id"
        }
    }

    /// When the answer was made, in seconds since 1970.
    public var generatedAt: Int64
    /// IANA name of the zone of dates and hours.
    public var timeZone: String
    /// First service date that is counted, as `YYYYMMDD`.
    public var since: String
    /// The only route that is counted; null for all.
    @Nullable public var routeID: String?
    /// Everything.
    public var total: AccuracyByPhase
    /// By how far ahead the answers looked, the nearest first.
    public var horizons: [HorizonRow]
    /// By hour of the day, the earliest first.
    public var hours: [HourRow]
    /// By corridor, in the order in which riders see them.
    public var routes: [RouteRow]
    /// By service date, the earliest first.
    public var days: [DayRow]
    /// The stops at which riders were told worst, the worst first.
    public var worstStops: [StopRow]
    /// Runs of the last 24 hours of which riders were told wrong ten minutes before, the worst first.
    public var misses: [MissRow]

    enum CodingKeys: String, CodingKey {
        case since, total, horizons, hours, routes, days, misses
        case generatedAt = "generated_at"
        case timeZone = "time_zone"
        case routeID = "route_id"
        case worstStops = "worst_stops"
    }

    /// What is asked for.
    public struct Question: Hashable, Sendable {
        /// First service date.
        public var since: ServiceDate
        /// The only route wanted.
        public var route: RouteIndex?
        /// So many misses at most.
        public var misses: Int

        /// Makes a question.
        public init(since: ServiceDate, route: RouteIndex? = nil, misses: Int) {
            self.since = since
            self.route = route
            self.misses = misses
        }
    }

    /// Tells figures, whose ids are of a network where that knows them.
    public init(
        _ figures: AccuracyFigures, _ question: Question, in network: Network, at now: Timestamp
    ) {
        generatedAt = now.unix
        timeZone = network.serviceDay.timeZoneName
        since = question.since.text
        routeID = question.route.map { network.routes[$0].id }
        total = AccuracyByPhase(figures.byDate)
        horizons = figures.byDate.grouped { $0.horizon }
            .map { horizon, sums in
                HorizonRow(
                    fromMinutes: horizon.minutes.lowerBound,
                    toMinutes: horizon.minutes.upperBound, score: AccuracyByPhase(sums))
            }.sorted { $0.fromMinutes < $1.fromMinutes }
        hours = figures.byHour.grouped(by: \.hour)
            .map { HourRow(hour: $0, score: AccuracyByPhase($1)) }.sorted { $0.hour < $1.hour }
        routes = Self.routes(figures.byDate, in: network)
        days = figures.byDate.grouped { $0.date?.text }
            .map { DayRow(date: $0, score: AccuracyByPhase($1)) }.sorted { $0.date < $1.date }
        worstStops = Self.worstStops(figures.byStop, in: network)
        misses = Array(MissRow.byRun(figures.misses).prefix(question.misses))
    }

    private static func routes(_ sums: AccuracySums, in network: Network) -> [RouteRow] {
        let rows = sums.grouped { $0.routeID }
            .map { RouteRow(routeID: $0, score: AccuracyByPhase($1)) }
            .sorted { $0.routeID < $1.routeID }
        let known = network.routes.indices.sorted {
            network.routeOrder($0) < network.routeOrder($1)
        }
        .compactMap { index in rows.first { $0.routeID == network.routes[index].id } }
        return known + rows.filter { network.route(id: $0.routeID) == nil }
    }

    private static let stopsTold = 20
    /// Minutes below which a share says little.
    private static let fewMinutes = 60

    private static func worstStops(_ sums: AccuracySums, in network: Network) -> [StopRow] {
        struct Place: Hashable {
            var routeID: String
            var directionID: Int?
            var stopID: String
        }
        func rank(_ row: StopRow) -> (Int, Double, String, String) {
            let share = Double(row.score.accurate) / Double(max(1, row.score.asked))
            return (row.score.asked < fewMinutes ? 1 : 0, share, row.stopID, row.routeID)
        }
        let places = sums.grouped { key in
            key.stopID.map {
                Place(routeID: key.routeID, directionID: key.directionID, stopID: $0)
            }
        }
        let rows = places.map { place, sums in
            StopRow(
                routeID: place.routeID, directionID: place.directionID, stopID: place.stopID,
                name: network.stop(id: place.stopID).map { network.stops[$0].name }
                    ?? place.stopID,
                score: AccuracyByPhase(sums))
        }
        return Array(
            rows.filter { $0.score.accurate < $0.score.asked }
                .sorted { rank($0) < rank($1) }.prefix(stopsTold))
    }
}

extension AccuracySums {
    /// The sums by something in their keys; those without it are left out.
    fileprivate func grouped<Group: Hashable>(
        by group: (AccuracyKey) -> Group?
    ) -> [Group: AccuracySums] {
        var groups: [Group: AccuracySums] = [:]
        for (key, tally) in tallies {
            guard let name = group(key) else { continue }
            groups[name, default: AccuracySums()].add(tally, to: key)
        }
        return groups
    }
}
