/// FeedMessage bytes as protobuf text format, for people and for `protoc --encode`.
public enum FeedText {
    /// The text of a message.
    public static func text(of message: [UInt8]) throws(FeedDecodingError) -> String {
        let unpacked = try UnpackedMessage(message)
        var printer = TextPrinter()
        walk(unpacked, with: &printer)
        return String(decoding: printer.output, as: UTF8.self)
    }
}

private struct TextPrinter: MessagePrinter {
    var output: [UInt8] = []
    private var depth = 0

    mutating func beginMessage(_ field: DescriptorName?) {
        guard let field else { return }
        begin(field)
        append(" {\n")
        depth += 1
    }

    mutating func endMessage() {
        guard depth > 0 else { return }
        depth -= 1
        indent()
        append("}\n")
    }

    mutating func beginList(_ field: DescriptorName) {}

    mutating func endList() {}

    mutating func value(_ value: FieldValue, of field: DescriptorName) {
        begin(field)
        append(": ")
        switch value {
        case .boolean(let value): append(String(value))
        case .integer(let value): append(String(value))
        case .natural(let value): append(String(value))
        case .float(let value): append("\(value)")
        case .double(let value): append("\(value)")
        case .name(let value): output.append(name: value)
        case .text(let value): append(Self.quoted(value))
        }
        append("\n")
    }

    private mutating func begin(_ field: DescriptorName) {
        indent()
        output.append(name: field)
    }

    private mutating func indent() {
        for _ in 0..<depth { append("  ") }
    }

    private mutating func append(_ text: String) {
        output.append(contentsOf: text.utf8)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 32 || scalar.value == 127: quoted += octal(scalar.value)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    private static func octal(_ byte: UInt32) -> String {
        let digits = String(byte, radix: 8)
        return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
