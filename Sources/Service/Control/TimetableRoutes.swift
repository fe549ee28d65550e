import Feeds
import Hummingbird
import Logging
import Storage
import TransitModel

/// Which GTFS is in force, and which one will be.
struct TimetableRoutes {
    let live: LiveService

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("gtfs", method: .post, use: use)
        router.on("gtfs/:date", method: .delete, use: cancel)
    }

    private func use(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let order = try await request.order(TimetableOrder.self)
        let done =
            if let from = order.from { try await stage(order.path, from: from) } else {
                try await useAtOnce(order.path)
            }
        return try .fresh(WireJSON.encode(ControlReceipt(done: done)), .json)
    }

    private func useAtOnce(_ path: String?) async throws -> String {
        let timetable = try await live.reload(path: path)
        let today = timetable.network.serviceDay.date(at: await live.moment())
        let trouble = await live.timetables.trouble.map { "; beware: \($0)" } ?? ""
        return "\(timetable.path) is in force, \(await live.summary(of: timetable))"
            + warning(timetable, from: today) + trouble
    }

    private func stage(_ path: String?, from text: String) async throws -> String {
        guard let path else { throw Refusal.badParameter("path", "name the GTFS for that date") }
        let date = try Self.date(text)
        let timetable = try await live.stage(path: path, from: date)
        return "\(timetable.path), version \(timetable.network.version), will be in force from "
            + date.dashed + warning(timetable, from: date)
    }

    /// A timetable without any service is served, since it may be what is wanted; but it is said.
    private func warning(_ timetable: ServedTimetable, from date: ServiceDate) -> String {
        guard !timetable.network.hasService(from: date) else { return "" }
        live.logger.warning("\(timetable.path) has no service on \(date.dashed) or later")
        return "; beware: it has no service on \(date.dashed) or later"
    }

    private func cancel(
        _ request: Request, _ context: BasicRequestContext
    ) async throws -> Response {
        let date = try Self.date(Query(request, context).pathPart("date"))
        guard try await live.cancel(date) else {
            throw Refusal.notFound("no GTFS waits for \(date.dashed)")
        }
        let done = "no GTFS waits for \(date.dashed) any more"
        return try .fresh(WireJSON.encode(ControlReceipt(done: done)), .json)
    }

    private static func date(_ text: String) throws -> ServiceDate {
        guard let date = ServiceDate(dashed: text) else {
            throw Refusal.badParameter("from", "write a date as 2026-12-01")
        }
        return date
    }
}
