import ETAEngine
import Feeds
import Hummingbird

/// Where vehicles are, and what riders should know.
struct VehicleRoutes {
    let showcase: Showcase

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("api/v1/vehicles", method: .get, use: vehicles)
        router.on("api/v1/vehicles/:vehicle_id", method: .get, use: vehicle)
        router.on("api/v1/alerts", method: .get, use: alerts)
    }

    private func vehicles(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let published = try showcase.required
        let route = try Query(request, context).route(in: published)
        return try .json(VehiclesResponse(snapshot: published.snapshot, route: route), to: request)
    }

    private func vehicle(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let snapshot = try showcase.required.snapshot
        let id = try Query(request, context).pathPart("vehicle_id")
        return try .json(snapshot.requiredVehicle(id), to: request)
    }

    private func alerts(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let published = try showcase.required
        let answer = AlertsResponse(alerts: published.alerts, at: published.snapshot.madeAt)
        return try .json(answer, to: request)
    }
}
