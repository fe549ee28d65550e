import Testing

@testable import Feeds

struct WireJSONTests {
    private struct Answer: Codable, Hashable {
        var second: String
        var first: Int
    }

    @Test func `keys are sorted and slashes stay as they are`() throws {
        let bytes = try WireJSON.encode(Answer(second: "a/b", first: 1))
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"first":1,"second":"a/b"}"#)
        #expect(try WireJSON.decode(Answer.self, from: bytes) == Answer(second: "a/b", first: 1))
    }
}

/// The JSON of an answer as text.
func json(_ answer: some Encodable) throws -> String {
    String(decoding: try WireJSON.encode(answer), as: UTF8.self)
}
