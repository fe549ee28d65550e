import Feeds
import Hummingbird

/// How well the arrivals of virtual buses had been foretold.
struct AccuracyRoute {
    let accuracy: AccuracyAccount

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("accuracy", method: .get) { _, _ in
            guard let summary = await accuracy.summary else {
                throw Refusal.notFound("the truth is known of virtual buses only: use --simulate")
            }
            return try Response.fresh(WireJSON.encode(summary), .json)
        }
    }
}
