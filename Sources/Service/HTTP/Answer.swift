import Feeds
import Hummingbird
import NIOCore

extension Response {
    /// An answer in JSON that holds until the next publication, compressed when asked for.
    static func json(_ answer: some Encodable, to request: Request) throws -> Response {
        let payload = Payload(try WireJSON.encode(answer), .json, for: request)
        return payload.response(to: request, maxAge: LiveService.cadenceSeconds)
    }
}
