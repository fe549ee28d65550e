import ETAEngine
import Feeds
import Foundation
import Hummingbird

/// The live map, the stop display, the accuracy and what they are made of; what programs may ask for.
struct PageRoutes {
    let showcase: Showcase
    let tiles: MapTiles?

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("", method: .get) { request, _ in try page("map.html", request) }
        router.on("board/:stop_id", method: .get) { request, _ in try page("board.html", request) }
        router.on("accuracy", method: .get) { request, _ in try page("accuracy.html", request) }
        router.on("openapi.json", method: .get) { request, _ in
            try page("openapi.json", request)
        }
        router.on("pages/config.json", method: .get, use: configuration)
        router.on("pages/:name", method: .get) { request, context in
            try page(try Query(request, context).pathPart("name"), request)
        }
    }

    private func page(_ name: String, _ request: Request) throws -> Response {
        guard let page = PageFiles.all[name] else {
            throw Refusal.notFound("there is no page \(name)")
        }
        return page.response(to: request, maxAge: nil)
    }

    private func configuration(
        _ request: Request, _ context: BasicRequestContext
    ) throws -> Response {
        let network = try showcase.required.snapshot.network
        return try .json(PageConfiguration(network, tiles: tiles), to: request)
    }
}
