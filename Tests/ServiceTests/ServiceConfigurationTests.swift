import Testing

@testable import Service

struct ServiceConfigurationTests {
    @Test(arguments: [
        ("127.0.0.1:8080", "127.0.0.1", 8080), ("[::1]:0", "::1", 0),
        ("bus.local:80", "bus.local", 80),
    ])
    func `an address is a host and a port`(text: String, host: String, port: Int) {
        let address = ListenAddress(text: text)
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address?.description == text)
    }

    @Test(arguments: ["", "8080", ":8080", "host:", "host:99999", "::1:80", "host:-1"])
    func `anything else is no address`(text: String) {
        #expect(ListenAddress(text: text) == nil)
    }

    @Test func `a source has a name and an address`() {
        let source = SourceAddress(text: "dishub=wss://example.org/live?a=b")
        #expect(source == SourceAddress(name: "dishub", url: "wss://example.org/live?a=b"))
        #expect(SourceAddress(text: "wss://example.org") == nil)
    }
}
