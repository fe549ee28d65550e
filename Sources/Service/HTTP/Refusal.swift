import Feeds
import Hummingbird
import NIOCore

/// A request that is not fulfilled: what the client is told, and in which headers.
struct Refusal: Error {
    var problem: Problem
    var headers: HTTPFields

    init(_ status: HTTPResponse.Status, _ title: String, headers: HTTPFields = [:]) {
        problem = Problem(status: status.code, title: title)
        self.headers = headers
    }

    /// `application/problem+json`.
    var response: Response {
        let bytes = (try? WireJSON.encode(problem)) ?? Array("{}".utf8)
        var headers = headers
        headers[.contentType] = Payload.Kind.problem.rawValue
        headers[.cacheControl] = "no-store"
        return Response(
            status: .init(code: problem.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension Refusal {
    static func notFound(_ title: String) -> Refusal { Refusal(.notFound, title) }

    static func badParameter(_ name: String, _ advice: String) -> Refusal {
        Refusal(.badRequest, "\(name) is unusable: \(advice)")
    }

    static func unavailable(_ title: String, retryAfter seconds: Int) -> Refusal {
        Refusal(.serviceUnavailable, title, headers: [.retryAfter: String(seconds)])
    }

    /// Before the timetable is loaded and the journal lived through.
    static var notReady: Refusal {
        unavailable("the service is starting: try again in a second", retryAfter: 1)
    }

    /// When an empty answer would say more than is known.
    static var uninformed: Refusal {
        unavailable(
            "arrivals are unknown: no bus has reported in the last "
                + "\(Int(Published.longestSilence)) seconds, or none is on a run yet",
            retryAfter: 10)
    }

    /// Any error as what the client is told; what we did not foresee is told nobody but the log.
    init(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case is NIOTooManyBytesError: self = .tooLarge
        case let error as HTTPError where error.status == .notFound:
            self = .notFound("there is nothing at this address")
        case let error as HTTPError:
            self.init(error.status, error.body ?? error.status.reasonPhrase)
        default: self.init(.internalServerError, "the service failed to answer; it has been logged")
        }
    }

    static var tooLarge: Refusal {
        Refusal(
            .contentTooLarge, "the body is too large: send it in parts",
            headers: [.connection: "close"])
    }
}
