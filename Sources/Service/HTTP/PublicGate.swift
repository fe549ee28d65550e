import Feeds
import Hummingbird
import Logging

/// Stands before every public route: lets only the methods of the contract in, words refusals, and
/// puts on the headers that all answers share.
struct PublicGate<Context: RequestContext>: RouterMiddleware {
    let logger: Logger

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            if let answer = try answerItself(request) {
                response = answer
            } else {
                response = try await next(request, context)
            }
        } catch {
            let refusal = Refusal(error)
            if refusal.problem.status == 500 {
                logger.error("\(request.uri.path): \(error)")
            }
            response = refusal.response
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        if !request.isIngest { response.headers[.accessControlAllowOrigin] = "*" }
        return response
    }

    /// The answer to a browser's question beforehand; nil to let the request pass.
    private func answerItself(_ request: Request) throws -> Response? {
        let allowed = request.allowedMethods
        guard allowed.contains(request.method) else {
            let names = allowed.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                .methodNotAllowed, "this address takes \(names) only", headers: [.allow: names])
        }
        return request.method == .options ? Self.preflight : nil
    }

    private static var preflight: Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "GET, HEAD",
                .accessControlAllowHeaders: "if-none-match, if-modified-since, x-api-key",
                .accessControlMaxAge: "86400",
            ])
    }
}

extension Request {
    /// Whether trackers send here.
    var isIngest: Bool { uri.path.hasPrefix("/ingest/") }

    /// The methods that its address takes.
    fileprivate var allowedMethods: [HTTPRequest.Method] {
        guard isIngest else { return [.get, .head, .options] }
        let form = IngestRequest.Form(rawValue: uri.path) ?? .native
        return form.methods
    }
}
