/// What stands between the quotation marks of a JSON text.
enum JSONText {
    /// The text; nil when it is no UTF-8 or an escape is none.
    static func string(_ bytes: [UInt8], _ range: Range<Int>, isPlain: Bool) -> String? {
        if isPlain { return String(validating: bytes[range], as: UTF8.self) }
        return unescaped(bytes[range]).flatMap { String(validating: $0, as: UTF8.self) }
    }

    private static func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8]? {
        var rest = raw
        var plain: [UInt8] = []
        plain.reserveCapacity(raw.count)
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                continue
            }
            guard let escaped = escape(&rest) else { return nil }
            plain += escaped
        }
        return plain
    }

    /// The bytes that stand for what follows a backslash.
    private static func escape(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        switch rest.popFirst() {
        case UInt8(ascii: "\""): [UInt8(ascii: "\"")]
        case UInt8(ascii: "\\"): [UInt8(ascii: "\\")]
        case UInt8(ascii: "/"): [UInt8(ascii: "/")]
        case UInt8(ascii: "b"): [0x08]
        case UInt8(ascii: "f"): [0x0C]
        case UInt8(ascii: "n"): [0x0A]
        case UInt8(ascii: "r"): [0x0D]
        case UInt8(ascii: "t"): [0x09]
        case UInt8(ascii: "u"): scalar(&rest).map { Array(String(Character($0)).utf8) }
        default: nil
        }
    }

    /// A character written by its number, or as a pair of surrogates.
    private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard let unit = codeUnit(&rest) else { return nil }
        guard 0xD800..<0xDC00 ~= unit else { return Unicode.Scalar(unit) }
        guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"),
            let low = codeUnit(&rest), 0xDC00..<0xE000 ~= low
        else { return nil }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    }

    private static func codeUnit(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
        let digits = rest.prefix(4)
        guard digits.count == 4, digits.allSatisfy(\.isHexDigit) else { return nil }
        rest = rest.dropFirst(4)
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
