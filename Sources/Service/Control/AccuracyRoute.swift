import Feeds
import Hummingbird

/// How well riders were told when buses come, for dispatchers.
struct AccuracyRoute {
    let live: LiveService

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("accuracy", method: .get) { request, context in
            let answer = try await AccuracyRoutes.answer(Query(request, context), of: live)
            return try Response.fresh(WireJSON.encode(answer), .json)
        }
    }
}
