import ETAEngine
import Feeds
import Hummingbird
import Storage

/// What dispatchers look at.
struct ControlViews {
    let live: LiveService

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("status", method: .get, use: status)
        router.on("vehicles", method: .get, use: vehicles)
        router.on("vehicles/:vehicle_id", method: .get, use: vehicle)
        router.on("vehicles/:vehicle_id/explanation", method: .get, use: explanation)
        router.on("stops/:stop_id", method: .get, use: stop)
        router.on("feed/:feed", method: .get, use: feed)
    }

    private func status(_ request: Request, _ context: BasicRequestContext) async throws -> Response
    {
        let published = try live.showcase.required
        let timetables = await live.timetables
        let answer = StatusResponse(
            snapshot: published.snapshot, counts: published.counts, uptime: await live.uptime(),
            sources: live.sources.status(at: live.clock()), staged: Self.staged(timetables),
            trouble: timetables.trouble)
        return try .fresh(WireJSON.encode(answer), .json)
    }

    private static func staged(_ timetables: Timetables) -> [StatusResponse.StagedTimetable] {
        timetables.staged.compactMap { kept in
            kept.startsOn.map {
                .init(
                    from: $0.dashed, version: kept.version, path: kept.source,
                    refusal: timetables.refusal(of: kept))
            }
        }
    }

    private func vehicles(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let published = try live.showcase.required
        let route = try Query(request, context).route(in: published)
        return try .fresh(
            WireJSON.encode(VehiclesResponse(snapshot: published.snapshot, route: route)), .json)
    }

    private func vehicle(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let snapshot = try live.showcase.required.snapshot
        let id = try Query(request, context).pathPart("vehicle_id")
        return try .fresh(WireJSON.encode(snapshot.requiredVehicle(id)), .json)
    }

    private func explanation(
        _ request: Request, _ context: BasicRequestContext
    ) async throws -> Response {
        let id = try Query(request, context).pathPart("vehicle_id")
        guard let answer = await live.explanation(of: id) else { throw Refusal.noVehicle(id) }
        return try .fresh(WireJSON.encode(answer), .json)
    }

    private func stop(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let query = Query(request, context)
        let answer = try ArrivalRoutes.arrivals(query, in: live.showcase.required)
        return try .fresh(WireJSON.encode(answer), .json)
    }

    private func feed(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let name = try Query(request, context).pathPart("feed")
        guard let address = FeedAddress(name) else {
            throw Refusal.notFound("there is no feed \(name)")
        }
        return try address.payload(of: live.showcase.required)
            .response(to: request, maxAge: nil)
    }
}

extension Snapshot {
    /// A vehicle and where it will be when, or 404.
    func requiredVehicle(_ id: String) throws -> VehicleResponse {
        guard let status = vehicle(id: id) else { throw Refusal.noVehicle(id) }
        return VehicleResponse(status, in: self)
    }
}

extension Refusal {
    static func noVehicle(_ id: String) -> Refusal {
        notFound("no vehicle \(id) has been heard from lately")
    }
}
