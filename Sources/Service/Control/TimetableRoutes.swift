import Feeds
import Hummingbird
import TransitModel

/// Which GTFS is in force.
struct TimetableRoutes {
    let live: LiveService

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("gtfs", method: .post, use: use)
    }

    private func use(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let order = try await request.order(TimetableOrder.self)
        let timetable = try await live.reload(path: order.path)
        let done = "\(timetable.path) is in force, version \(timetable.network.version)"
        return try .fresh(WireJSON.encode(ControlReceipt(done: done)), .json)
    }
}
