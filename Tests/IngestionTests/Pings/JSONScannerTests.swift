import Testing

@testable import Ingestion

struct JSONScannerTests {
    @Test func `an object's members are handed over one by one`() {
        var scanner = JSONScanner(Array(#" { "a" : 1 , "b\n":"x" } "#.utf8))
        var names: [String] = []
        let isWhole = scanner.object { scanner, name, isPlain in
            names.append(JSONText.string(scanner.bytes, name, isPlain: isPlain) ?? "?")
            return JSONValue(from: &scanner) != nil
        }
        let isAtEnd = scanner.isAtEnd()
        #expect(isWhole && isAtEnd)
        #expect(names == ["a", "b\n"])
    }

    @Test(arguments: [
        "{", "{}}", "[1,]", "[,1]", "[1 2]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{a:1}"#,
        #"{"a":1 "b":2}"#, "nul", "truefalse", "\"", #"{"a":"b}"#, "[[]", "1 1",
    ])
    func `what is no JSON is none`(text: String) {
        #expect(JSONValue(text.utf8) == nil)
    }

    @Test func `every part of a text is scanned without harm`() {
        let whole = Array(#"{"a":[1,-2.5e3,true,null,"x\u00e9\\"],"b":{"c":{}}}"#.utf8)
        for length in 0..<whole.count { #expect(JSONValue(whole.prefix(length)) == nil) }
        #expect(JSONValue(whole) != nil)
    }

    @Test func `nesting has a limit`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(JSONValue(nested(JSONScanner.deepest).utf8) != nil)
        #expect(JSONValue(nested(JSONScanner.deepest + 1).utf8) == nil)
        #expect(JSONValue(nested(1_000_000).utf8) == nil)
    }

    @Test func `a part of some bytes is scanned as if there were no others`() {
        let bytes = Array("12345".utf8)
        var scanner = JSONScanner(bytes, in: 1..<3)
        let number = scanner.number()
        #expect(number == 23)
        let isAtEnd = scanner.isAtEnd()
        #expect(isAtEnd)
    }
}
