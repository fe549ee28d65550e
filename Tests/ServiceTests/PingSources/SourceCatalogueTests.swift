import Testing
import TransitModel

@testable import Service

@Suite struct `The catalogue of sources` {
    private let book = LogBook()

    private func source(_ text: String) throws -> any PingSource {
        try #require(SourceAddress(text: text))
            .source(now: { Timestamp(unix: 0) }, logger: book.logger)
    }

    @Test(arguments: [
        ("dishub", SourceKind.dishub), ("positions-2", .positions), ("hfp-hsl_1", .hfp),
        ("mqtt-a-b", .mqtt),
    ])
    func `the name up to a dash is the kind`(name: String, kind: SourceKind) {
        #expect(SourceAddress(name: name, url: "").kind == kind)
    }

    @Test(arguments: [
        "", "positions-", "position", "Dishub", "mqtt-ü", "mqtt-\"", "mqtt-a b", "-mqtt",
    ])
    func `any other name is of no kind`(name: String) {
        #expect(SourceAddress(name: name, url: "").kind == nil)
    }

    @Test(arguments: [
        "dishub=wss://a.example/live#zone=+08:00", "positions-x=https://a.example/v.pb#interval=30",
        "positions=https://a.example/#header=x-api-key:k", "hfp=mqtts://a.example/hfp/v2/#",
        "hfp=mqtt://a.example/hfp/v2/journey/ongoing/vp/%23#client=us",
        "mqtt=mqtt://u:p@a.example/buses/+#vehicle=topic",
        "mqtt=mqtt://a.example/buses/##client=us",
    ])
    func `each kind is made of its address`(text: String) throws {
        let source = try source(text)
        #expect(source.name == text.prefix { $0 != "=" })
        #expect(source.figures == SourceFigures())
    }

    @Test(arguments: [
        "positions=wss://a.example/hush",
        "mqtt=mqtt://me:hush@a.example", "mqtt=mqtt://me:hush@a.example/a#b",
        "hfp=https://hush@a.example", "positions=https://a.example/#header=hush",
        "hfp=mqtt://a.example/hfp/#vehicle=hush", "ftp=ftp://hush@a.example/",
    ])
    func `an address that cannot be used is refused in a line without its keys`(text: String) {
        let fault = #expect(throws: ServiceFault.self) { try source(text) }
        #expect(fault?.description.contains("hush") == false, "\(fault?.description ?? "")")
    }

    @Test func `a WebSocket's address is checked too`() {
        #expect(throws: WebSocketFault.self) { try source("dishub=https://a.example/") }
    }
}
