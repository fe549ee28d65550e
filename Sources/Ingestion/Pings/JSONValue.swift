/// Any JSON value, for senders that are free with types.
enum JSONValue: Hashable, Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Reads a whole JSON text; nil when it is none, or nested too deep.
    init?(_ bytes: some Sequence<UInt8>) {
        var scanner = JSONScanner(Array(bytes))
        guard let value = Self(from: &scanner), scanner.isAtEnd() else { return nil }
        self = value
    }

    /// Reads the next value; of a name that comes twice the last value counts.
    init?(from scanner: inout JSONScanner, depth: Int = 0) {
        guard depth < JSONScanner.deepest else { return nil }
        scanner.skipBlanks()
        let value: JSONValue? =
            switch scanner.next {
            case UInt8(ascii: "{"): Self.object(&scanner, depth)
            case UInt8(ascii: "["): Self.array(&scanner, depth)
            case UInt8(ascii: "\""): Self.text(&scanner).map { .text($0) }
            case UInt8(ascii: "n"): scanner.literal("null") ? .null : nil
            case UInt8(ascii: "t"): scanner.literal("true") ? .flag(true) : nil
            case UInt8(ascii: "f"): scanner.literal("false") ? .flag(false) : nil
            default: scanner.number().map { .number($0) }
            }
        guard let value else { return nil }
        self = value
    }

    private static func object(_ scanner: inout JSONScanner, _ depth: Int) -> JSONValue? {
        var fields: [String: JSONValue] = [:]
        let isWhole = scanner.object { scanner, name, isPlain in
            guard let name = JSONText.string(scanner.bytes, name, isPlain: isPlain),
                let value = JSONValue(from: &scanner, depth: depth + 1)
            else { return false }
            fields[name] = value
            return true
        }
        return isWhole ? .object(fields) : nil
    }

    private static func array(_ scanner: inout JSONScanner, _ depth: Int) -> JSONValue? {
        var elements: [JSONValue] = []
        let isWhole = scanner.array { scanner in
            guard let value = JSONValue(from: &scanner, depth: depth + 1) else { return false }
            elements.append(value)
            return true
        }
        return isWhole ? .array(elements) : nil
    }

    private static func text(_ scanner: inout JSONScanner) -> String? {
        guard let text = scanner.text() else { return nil }
        return JSONText.string(scanner.bytes, text.range, isPlain: text.isPlain)
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
