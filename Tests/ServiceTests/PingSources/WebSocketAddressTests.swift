import Testing

@testable import Service

@Suite struct `A WebSocket address` {
    @Test(arguments: [
        ("ws://localhost", "localhost", 80, "/", "localhost"),
        ("wss://tracking.example", "tracking.example", 443, "/", "tracking.example"),
        ("WSS://a.example:9000/live?k=1", "a.example", 9000, "/live?k=1", "a.example:9000"),
        ("ws://[::1]:81/", "::1", 81, "/", "[::1]:81"),
    ])
    func `is taken apart`(url: String, host: String, port: Int, path: String, authority: String)
        throws
    {
        let address = try WebSocketAddress(url)
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.path == path)
        #expect(address.authority == authority)
        #expect(address.isSecure == url.lowercased().hasPrefix("wss"))
    }

    @Test(arguments: ["", "localhost", "http://a.example", "ws://", "wss:a.example", "not a url"])
    func `anything else is refused in a line that says what to give`(url: String) {
        let fault = #expect(throws: WebSocketFault.notAnAddress(url)) {
            try WebSocketAddress(url)
        }
        #expect(fault?.description.contains("wss://host/path") == true)
    }
}
