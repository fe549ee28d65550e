import Testing

@testable import Service

@Suite struct `The address of a feed` {
    @Test(arguments: [
        ("https://a.example/v.pb", "https://a.example/v.pb", "https://a.example/v.pb"),
        ("HTTP://a.example:81/v?key=1", "HTTP://a.example:81/v?key=1", "HTTP://a.example:81/v"),
        ("https://me:pw@a.example/v", "https://a.example/v", "https://a.example/v"),
    ])
    func `is asked in full and told without keys`(text: String, url: String, told: String) throws {
        let address = try PositionsAddress(text)
        #expect(address.url == url)
        #expect(address.description == told)
        #expect((address.authorization == nil) == !text.contains("@"))
    }

    @Test(arguments: ["", "v.pb", "ws://a.example/", "https:///v.pb", "https://"])
    func `anything else is refused in a line that does not repeat it`(text: String) {
        let fault = #expect(throws: ServiceFault.self) { try PositionsAddress(text) }
        #expect(fault?.description.contains("positions=https://HOST/PATH") == true)
    }
}
