import Testing

@testable import Ingestion

struct JSONTextTests {
    private func text(_ inside: String) -> String? {
        guard case .text(let text)? = JSONValue("\"\(inside)\"".utf8) else { return nil }
        return text
    }

    @Test func `escapes stand for what they stand for`() {
        #expect(text(#"\"\\\/\b\f\n\r\t"#) == "\"\\/\u{8}\u{c}\n\r\t")
        #expect(text(#"\u0041\u00e9\u4e2d"#) == "Aé中")
        #expect(text(#"\ud83d\ude8c"#) == "🚌")
        #expect(text("🚌 é") == "🚌 é")
    }

    @Test(arguments: [
        #"\x"#, #"\u12"#, #"\u12g4"#, #"\ud83d"#, #"\ud83d\u0041"#, #"\ude8c"#, #"\"#, "a\nb",
        "a\u{1}b",
    ])
    func `what is no escape makes no text`(inside: String) {
        #expect(text(inside) == nil)
    }

    @Test func `bytes that are no UTF-8 make no text`() {
        #expect(JSONValue([0x22, 0xFF, 0x22]) == nil)
        #expect(JSONValue([0x22, 0x5C, 0x6E, 0xC3, 0x22]) == nil)
    }
}
