/// Why there is no WebSocket to talk over.
public enum WebSocketFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text is no `ws://` or `wss://` URL.
    case notAnAddress(String)
    /// The server was not reached, with the system's reason.
    case unreachable(WebSocketAddress, reason: String)
    /// The server was reached but did not agree to speak WebSocket.
    case refused(WebSocketAddress)
    /// Connection, encryption and agreement together took too long.
    case timedOut(WebSocketAddress)

    /// One line for a person.
    public var description: String {
        switch self {
        case .notAnAddress(let text):
            "\"\(text)\" is no WebSocket address: give a URL such as wss://host/path"
        case .unreachable(let address, let reason): "\(address) cannot be reached: \(reason)"
        case .refused(let address): "\(address) does not speak WebSocket"
        case .timedOut(let address): "\(address) did not answer in time"
        }
    }
}
