/// FeedMessage bytes as JSON with the proto file's own names: snake_case keys, enums by name, and
/// numbers as numbers, also the 64-bit ones that protobuf's canonical JSON would quote.
public enum FeedJSON {
    /// The UTF-8 bytes of a message's JSON.
    public static func json(of message: [UInt8]) throws(FeedDecodingError) -> [UInt8] {
        let unpacked = try UnpackedMessage(message)
        var printer = JSONPrinter()
        printer.output.reserveCapacity(message.count * 8)
        walk(unpacked, with: &printer)
        return printer.output
    }
}

private struct JSONPrinter: MessagePrinter {
    var output: [UInt8] = []
    private var isInList = false
    private var needsComma = false
    /// For each open message, whether it is an element of a list.
    private var enclosing: [Bool] = []

    mutating func beginMessage(_ field: DescriptorName?) {
        begin(field)
        output.append(UInt8(ascii: "{"))
        enclosing.append(isInList)
        isInList = false
        needsComma = false
    }

    mutating func endMessage() {
        output.append(UInt8(ascii: "}"))
        isInList = enclosing.removeLast()
        needsComma = true
    }

    mutating func beginList(_ field: DescriptorName) {
        begin(field)
        output.append(UInt8(ascii: "["))
        isInList = true
        needsComma = false
    }

    mutating func endList() {
        output.append(UInt8(ascii: "]"))
        isInList = false
        needsComma = true
    }

    mutating func value(_ value: FieldValue, of field: DescriptorName) {
        begin(field)
        switch value {
        case .boolean(let value): append(String(value))
        case .integer(let value): append(String(value))
        case .natural(let value): append(String(value))
        case .float(let value): append(value.isFinite ? "\(value)" : "null")
        case .double(let value): append(value.isFinite ? "\(value)" : "null")
        case .name(let value): appendQuoted(value)
        case .text(let value): appendEscaped(value)
        }
        needsComma = true
    }

    private mutating func begin(_ field: DescriptorName?) {
        if needsComma { output.append(UInt8(ascii: ",")) }
        guard let field, !isInList else { return }
        appendQuoted(field)
        output.append(UInt8(ascii: ":"))
    }

    private mutating func append(_ text: String) {
        output.append(contentsOf: text.utf8)
    }

    private mutating func appendQuoted(_ name: DescriptorName) {
        output.append(UInt8(ascii: "\""))
        output.append(name: name)
        output.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ text: String) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case 0..<16: append("\\u000" + String(byte, radix: 16))
            case 16..<32: append("\\u00" + String(byte, radix: 16))
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}

extension [UInt8] {
    /// Appends the characters of a name.
    mutating func append(name: DescriptorName) {
        var next = name
        while next.pointee != 0 {
            append(UInt8(bitPattern: next.pointee))
            next += 1
        }
    }
}
