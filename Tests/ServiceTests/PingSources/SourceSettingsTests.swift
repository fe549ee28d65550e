import Ingestion
import Testing

@testable import Service

@Suite struct `Settings of a source` {
    private let all = Set(SourceSettings.Name.allCases)

    @Test func `are read from one text`() throws {
        let settings = try SourceSettings(
            "header=x-api-key:a%2Cb=c,interval=30,speed=kmh,client=padang-1,vehicle=topic,swapped",
            allowing: all)
        #expect(settings.header == .init(name: "x-api-key", value: "a,b=c"))
        #expect(settings.interval == .seconds(30))
        #expect(settings.clientID == "padang-1")
        #expect(settings.onlyTopic)
        #expect(settings.wire == WireSettings(speedUnit: .kilometresPerHour, isSwapped: true))
    }

    @Test func `none is the format as it stands`() throws {
        let settings = try SourceSettings("", allowing: [])
        #expect(settings.header == nil && settings.interval == nil && settings.clientID == nil)
        #expect(!settings.onlyTopic)
        #expect(settings.wire == WireSettings())
    }

    @Test func `a header's value keeps its colons and loses the blank before it`() throws {
        let settings = try SourceSettings(
            "header=Authorization:%20Bearer%20a:b", allowing: [.header])
        #expect(settings.header == .init(name: "Authorization", value: "Bearer a:b"))
    }

    @Test(arguments: [
        ("header=hush", "header=NAME:VALUE"), ("header=a%0Ab:hush", "header=NAME:VALUE"),
        ("header=a:hush%0D%0Ab:c", "header=NAME:VALUE"), ("interval=hush", "interval=SECONDS"),
        ("interval=0", "interval=SECONDS"), ("interval=9,interval=9", "once"),
        ("vehicle=hush", "vehicle=topic"), ("header=a:%zz-hush", "header=NAME:VALUE"),
        ("speed=fast", "speed=mps"), ("colour", "speed=UNIT"),
    ])
    func `what cannot be used is named without its value`(text: String, advice: String) {
        let fault = #expect(throws: ServiceFault.self) { try SourceSettings(text, allowing: all) }
        #expect(fault?.description.contains(advice) == true, "\(fault?.description ?? "")")
        #expect(fault?.description.contains("hush") == false)
    }

    @Test func `a setting of another kind of source is refused`() {
        let fault = #expect(throws: ServiceFault.self) {
            try SourceSettings("interval=10", allowing: [.header])
        }
        #expect(fault?.description.contains("not for this kind") == true)
    }
}
