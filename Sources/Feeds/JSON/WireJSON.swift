import Foundation

/// The one way in which answers become bytes and bytes become answers.
///
/// Keys are sorted, so that equal answers are equal bytes.
public enum WireJSON {
    /// UTF-8 bytes of an answer; fails only on numbers that JSON cannot say.
    public static func encode(_ answer: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(answer))
    }

    /// The answer that bytes hold.
    public static func decode<Answer: Decodable>(
        _ type: Answer.Type, from bytes: [UInt8]
    ) throws -> Answer {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
