import ETAEngine
import Feeds
import Hummingbird
import TransitModel

/// What comes to a stop, or to several: for apps and for microcontrollers.
struct ArrivalRoutes {
    let showcase: Showcase

    /// How many arrivals of a stop are answered unless asked otherwise, and at most.
    private static let usualLimit = 20
    private static let limits = 1...200
    private static let minutes = 1...1440
    private static let mostStops = 50

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("api/v1/stops/:stop_id/arrivals", method: .get, use: arrivals)
        router.on("api/v1/arrivals", method: .get, use: arrivalsAtStops)
        router.on("api/v1/board/:stop_id", method: .get, use: board)
    }

    private func arrivals(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let query = Query(request, context)
        let answer = try Self.arrivals(query, in: showcase.required, usualLimit: Self.usualLimit)
        return try .json(answer, to: request)
    }

    /// What comes to the stop in a request's path, for the public and for dispatchers.
    static func arrivals(
        _ query: Query, in published: Published, usualLimit: Int? = nil
    ) throws -> ArrivalsResponse {
        let answer = ArrivalsResponse(
            snapshot: published.snapshot,
            stop: try published.requiredStop(query.pathPart("stop_id")),
            limit: try query.number("limit", in: limits) ?? usualLimit,
            minutes: try query.number("minutes", in: minutes),
            route: try query.route(in: published), alerts: published.alerts)
        return try published.informed(answer)
    }

    private func arrivalsAtStops(
        _ request: Request, _ context: BasicRequestContext
    ) throws -> Response {
        let query = Query(request, context)
        let published = try showcase.required
        let answer = StopsArrivalsResponse(
            snapshot: published.snapshot, stops: try stops(query, published),
            limit: try query.number("limit", in: Self.limits) ?? Self.usualLimit,
            minutes: try query.number("minutes", in: Self.minutes),
            route: try query.route(in: published), alerts: published.alerts)
        return try .json(published.informed(answer), to: request)
    }

    private func board(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let query = Query(request, context)
        let published = try showcase.required
        let stop = try published.requiredStop(query.pathPart("stop_id"))
        let limit = try query.number("limit", in: 1...BoardResponse.maximumRows)
        let answer = try BoardResponse.encode(
            snapshot: published.snapshot, stop: stop, limit: limit, alerts: published.alerts)
        return try Payload(published.informed(answer), .json, for: request)
            .response(to: request, maxAge: LiveService.cadenceSeconds)
    }

    private func stops(_ query: Query, _ published: Published) throws -> [StopIndex] {
        let ids = (try query.text("stops") ?? "").split(separator: ",")
        guard !ids.isEmpty, ids.count <= Self.mostStops else {
            throw Refusal.badParameter("stops", "name 1 to \(Self.mostStops) stops, as in a,b,c")
        }
        return try ids.map { try published.requiredStop(String($0)) }
    }
}
