import Foundation

/// Any JSON value, for senders that are free with types.
enum JSONValue: Decodable, Hashable, Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if value.decodeNil() {
            self = .null
        } else if let elements = try? value.decode([JSONValue].self) {
            self = .array(elements)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }

    /// Reads a whole JSON text; nil when it is none.
    init?(_ bytes: some Sequence<UInt8>) {
        guard let value = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else {
            return nil
        }
        self = value
    }

    /// The fields of an object; nil for anything else.
    var fields: [String: JSONValue]? {
        if case .object(let fields) = self { fields } else { nil }
    }

    /// The elements of an array; nil for anything else.
    var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The value as people would write it, on one line and cut short.
    var shown: String {
        switch self {
        case .null: "null"
        case .flag(let flag): "\(flag)"
        case .number(let number): plain(number)
        case .text(let text): "\"\(short(text))\""
        case .array: "[…]"
        case .object: "{…}"
        }
    }
}

/// A number without the `.0` of a whole one.
func plain(_ number: Double) -> String {
    Int64(exactly: number).map { String($0) } ?? "\(number)"
}

private func short(_ text: String) -> String {
    let visible = text.prefix(40).unicodeScalars.map { scalar in
        scalar.value < 0x20 || scalar.value == 0x7F ? "?" : Character(scalar)
    }
    return String(visible) + (visible.count < text.count ? "…" : "")
}
