import Feeds
import Hummingbird
import NIOCore

/// The addresses that trackers send to, for whatever ``IngestLane`` did not take.
struct IngestRoutes {
    let live: LiveService

    func add(to router: some RouterMethods<BasicRequestContext>) {
        for form in IngestRequest.Form.allCases {
            for method in form.methods {
                router.on(RouterPath(form.rawValue), method: method) { request, _ in
                    try await answer(form, request)
                }
            }
        }
    }

    private func answer(_ form: IngestRequest.Form, _ request: Request) async throws -> Response {
        let order = IngestRequest(
            form: form, method: request.method.rawValue, target: request.uri.string,
            body: try await body(of: request, atMost: form.mostBytes),
            credentials: request.headers.credentials)
        let answer = await live.intake.take(order)
        return Response(
            status: answer.status, headers: answer.headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    private func body(of request: Request, atMost limit: Int) async throws -> [UInt8] {
        do {
            return Array(try await request.body.collect(upTo: limit).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Refusal.tooLarge
        } catch {
            throw Refusal(.badRequest, "the body ended early: send it again")
        }
    }
}

extension HTTPFields {
    /// What stands in the headers that prove who somebody is.
    fileprivate var credentials: Credentials {
        func value(_ name: StaticString) -> String? {
            first { $0.name.canonicalName == name.description }?.value
        }
        return Credentials(
            token: Credentials.bearerToken(in: (self[.authorization] ?? "").utf8),
            signature: MessageSignature(
                device: value(MessageSignature.deviceHeader),
                time: value(MessageSignature.timeHeader),
                sequence: value(MessageSignature.sequenceHeader),
                code: value(MessageSignature.codeHeader)))
    }
}
