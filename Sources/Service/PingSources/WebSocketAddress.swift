import Foundation

/// Where a WebSocket is: a `ws://` or `wss://` URL taken apart.
public struct WebSocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// Name or number of the machine.
    public let host: String
    /// TCP port.
    public let port: Int
    /// Path and query, at least `/`.
    public let path: String
    /// Whether the connection is encrypted.
    public let isSecure: Bool

    /// Takes a URL apart; its default ports are 80 and 443.
    public init(_ url: String) throws(WebSocketFault) {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty,
            let scheme = parts.scheme?.lowercased(), ["ws", "wss"].contains(scheme)
        else { throw .notAnAddress(url) }
        isSecure = scheme == "wss"
        self.host = host.trimmingCharacters(in: ["[", "]"])
        port = parts.port ?? (isSecure ? 443 : 80)
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        self.path = path + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
    }

    /// Host and port as the `Host` header names them.
    public var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// The address as a URL.
    public var description: String { (isSecure ? "wss://" : "ws://") + authority + path }
}
