import Testing

@testable import Ingestion

@Suite struct `JSON value` {
    @Test func `every kind of value is told apart`() {
        let value = JSONValue(bytes(#"{"a":null,"b":true,"c":1,"d":"1","e":[0.5],"f":{}}"#))
        #expect(
            value?.fields == [
                "a": .null, "b": .flag(true), "c": .number(1), "d": .text("1"),
                "e": .array([.number(0.5)]), "f": .object([:]),
            ]
        )
    }

    @Test(arguments: ["", "{", "[1", "{\"a\":1}x", "nan", "'a'", "{\"a\":1e999}"])
    func `what is no JSON is nil`(text: String) {
        #expect(JSONValue(bytes(text)) == nil)
    }

    @Test func `a value is shown on one line and cut short`() {
        #expect(JSONValue.number(12).shown == "12")
        #expect(JSONValue.number(-0.5).shown == "-0.5")
        #expect(JSONValue.flag(true).shown == "true")
        #expect(JSONValue.text("a\nb").shown == "\"a?b\"")
        #expect(JSONValue.text(String(repeating: "x", count: 50)).shown.count == 43)
    }
}
