import Feeds
import Hummingbird

/// `/healthz`, `/readyz` and `/metrics`.
struct HealthRoutes {
    let live: LiveService

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("healthz", method: .get, use: health)
        router.on("readyz", method: .get, use: readiness)
        router.on("metrics", method: .get, use: metrics)
    }

    /// Always 200 while the process answers; what it says of itself stands in the body.
    private func health(_ request: Request, _ context: BasicRequestContext) async throws -> Response
    {
        try .fresh(WireJSON.encode(await live.health()), .json)
    }

    private func readiness(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        _ = try live.showcase.required
        return .fresh(Array(#"{"status":"ready"}"#.utf8), .json)
    }

    private func metrics(
        _ request: Request, _ context: BasicRequestContext
    ) async throws -> Response {
        .fresh(Array(await live.metrics().utf8), .metrics)
    }
}

extension Response {
    /// An answer that nobody may keep.
    static func fresh(_ bytes: [UInt8], _ kind: Payload.Kind) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: kind.rawValue, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
