import Feeds
import Hummingbird
import NIOCore

/// Everything on the control socket: what dispatchers see and order, never on the public listener.
enum ControlRoutes {
    static func router(live: LiveService) -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: RefusalWriter())
        let control = router.group("control")
        ControlViews(live: live).add(to: control)
        DeviceRoutes(live: live).add(to: control)
        AlertRoutes(live: live).add(to: control)
        DetourRoutes(live: live).add(to: control)
        TimetableRoutes(live: live).add(to: control)
        AccuracyRoute(live: live).add(to: control)
        return router
    }
}

/// Words refusals in JSON, with what lies behind a failure, since only the operator reads it.
struct RefusalWriter<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return Refusal(operating: error).response
        }
    }
}

extension Request {
    /// The body as an order of the command line.
    func order<Order: Decodable>(_ type: Order.Type) async throws -> Order {
        let buffer = try await body.collect(upTo: 1 << 20)
        let bytes = Array(buffer.readableBytesView)
        do {
            return try WireJSON.decode(type, from: bytes.isEmpty ? Array("{}".utf8) : bytes)
        } catch {
            throw Refusal(.badRequest, "the body is no \(Order.self) in JSON")
        }
    }
}
