import Testing

@testable import Feeds

struct NullableTests {
    private struct Answer: Codable, Hashable {
        @Nullable var age: Int?
    }

    @Test func `an absent value is null, not left out`() throws {
        #expect(try json(Answer(age: nil)) == #"{"age":null}"#)
        #expect(try json(Answer(age: 3)) == #"{"age":3}"#)
    }

    @Test(arguments: [#"{}"#, #"{"age":null}"#])
    func `null and a missing field both read as nil`(text: String) throws {
        #expect(try WireJSON.decode(Answer.self, from: Array(text.utf8)) == Answer(age: nil))
    }

    @Test func `a value of another kind is refused`() {
        #expect(throws: DecodingError.self) {
            try WireJSON.decode(Answer.self, from: Array(#"{"age":"x"}"#.utf8))
        }
    }
}
