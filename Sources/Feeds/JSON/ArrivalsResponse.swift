public import ETAEngine
public import TransitModel

/// `GET /api/v1/stops/{stop_id}/arrivals`.
public struct ArrivalsResponse: Codable, Hashable, Sendable {
    /// When the answer was made, in seconds since 1970.
    public var generatedAt: Int64
    /// The stop.
    public var stop: StopPlace
    /// What comes, soonest first; empty when nothing does.
    public var arrivals: [ArrivalRow]
    /// What riders there should know now.
    public var alerts: [AlertRow]

    enum CodingKeys: String, CodingKey {
        case generatedAt = "generated_at"
        case stop, arrivals, alerts
    }

    /// Tells what comes to a stop: at most `limit` arrivals, within `minutes`, of one `route`.
    public init(
        snapshot: Snapshot, stop: StopIndex, limit: Int? = nil, minutes: Int? = nil,
        route: RouteIndex? = nil, alerts: [Alert] = [], language: String? = nil
    ) {
        let network = snapshot.network
        generatedAt = snapshot.madeAt.unix
        self.stop = StopPlace(network.stops[stop])
        arrivals =
            snapshot.comingArrivals(at: stop, within: minutes)
            .filter { route == nil || network.patterns[$0.trip.pattern].route == route }
            .prefix(max(0, limit ?? .max))
            .map { ArrivalRow($0, in: snapshot) }
        self.alerts = alerts.filter { $0.concerns(stop, in: network, at: snapshot.madeAt) }
            .map { AlertRow($0, language: language) }
    }
}

/// `GET /api/v1/arrivals?stops=a,b,c`.
public struct StopsArrivalsResponse: Codable, Hashable, Sendable {
    /// When the answer was made, in seconds since 1970.
    public var generatedAt: Int64
    /// An answer for each stop, in the order asked for.
    public var stops: [ArrivalsResponse]

    enum CodingKeys: String, CodingKey {
        case generatedAt = "generated_at"
        case stops
    }

    /// Tells what comes to several stops; the bounds hold for each.
    public init(
        snapshot: Snapshot, stops: [StopIndex], limit: Int? = nil, minutes: Int? = nil,
        route: RouteIndex? = nil, alerts: [Alert] = [], language: String? = nil
    ) {
        generatedAt = snapshot.madeAt.unix
        self.stops = stops.map {
            ArrivalsResponse(
                snapshot: snapshot, stop: $0, limit: limit, minutes: minutes, route: route,
                alerts: alerts, language: language)
        }
    }
}

extension Snapshot {
    /// Arrivals of buses that have not left the stop yet, soonest first, equals by trip and start.
    func comingArrivals(at stop: StopIndex, within minutes: Int? = nil) -> [Arrival] {
        let latest = minutes.map { madeAt + Double($0) * 60 }
        return arrivals(at: stop).filter { arrival in
            arrival.stop.departure >= madeAt && latest.map { arrival.stop.arrival <= $0 } ?? true
        }
    }
}
