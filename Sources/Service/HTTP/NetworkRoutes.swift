import ETAEngine
import Feeds
import Hummingbird
import TransitModel

/// The timetable's stops and routes.
struct NetworkRoutes {
    let showcase: Showcase

    private static let usualRadius = 500
    private static let radii = 1...50_000
    private static let limits = 1...1000

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("api/v1/stops", method: .get, use: stops)
        router.on("api/v1/stops/:stop_id", method: .get, use: stop)
        router.on("api/v1/routes", method: .get, use: routes)
        router.on("api/v1/routes/:route_id", method: .get, use: route)
    }

    private func stops(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let query = Query(request, context)
        let radius = try query.number("radius", in: Self.radii) ?? Self.usualRadius
        let answer = StopsResponse(
            near: try query.place(), radius: Double(radius),
            limit: try query.number("limit", in: Self.limits) ?? 100, in: try network)
        return try .json(answer, to: request)
    }

    private func stop(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let published = try showcase.required
        let stop = try published.requiredStop(Query(request, context).pathPart("stop_id"))
        return try .json(StopResponse(stop, in: published.snapshot.network), to: request)
    }

    private func routes(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        try .json(RoutesResponse(network), to: request)
    }

    private func route(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let published = try showcase.required
        let id = try Query(request, context).pathPart("route_id")
        guard let route = published.route(id: id) else {
            throw Refusal.notFound("there is no route \(id)")
        }
        return try .json(RouteResponse(route, in: published.snapshot.network), to: request)
    }

    private var network: Network {
        get throws { try showcase.required.snapshot.network }
    }
}
