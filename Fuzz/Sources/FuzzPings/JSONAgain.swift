import FuzzedFeeds

@testable import Ingestion

/// Reads JSON, writes it and reads it again: stops the fuzzer when it has changed, and at a number
/// that is not the nearest to its digits.
func requireSameAgain(_ bytes: [UInt8]) {
    requireNearest(bytes)
    guard let value = JSONValue(bytes) else { return }
    require(JSONValue(value.written.utf8) == value, "JSON is read as it was written")
}

private func requireNearest(_ bytes: [UInt8]) {
    var scanner = JSONScanner(bytes)
    scanner.skipBlanks()
    let start = scanner.position
    guard let number = scanner.number() else { return }
    let digits = String(decoding: bytes[start..<scanner.position], as: UTF8.self)
    require(Double(digits) == number, "a number is the nearest to its digits")
}

extension JSONValue {
    /// The value as JSON.
    fileprivate var written: String {
        switch self {
        case .null: "null"
        case .flag(let flag): "\(flag)"
        case .number(let number): "\(number)"
        case .text(let text): Self.quoted(text)
        case .array(let elements): "[" + elements.map(\.written).joined(separator: " ,") + "]"
        case .object(let fields):
            "{" + fields.map { Self.quoted($0) + ": " + $1.written }.joined(separator: ",") + "}"
        }
    }

    /// Every character by its number, those above U+FFFF as a pair.
    private static func quoted(_ text: String) -> String {
        let units = text.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "\"" + units.joined() + "\""
    }
}
