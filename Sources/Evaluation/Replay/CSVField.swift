import TransitModel

extension UInt8 {
    static let comma = UInt8(ascii: ",")
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let quote = UInt8(ascii: "\"")
    static let zero = UInt8(ascii: "0")
}

/// Text as a field of a CSV file.
enum CSVField {
    /// The text's bytes, in quotes where a comma, a quote or a line break demands it.
    static func bytes(_ text: String) -> [UInt8] {
        let plain = Array(text.utf8)
        let special: [UInt8] = [.comma, .quote, .newline, .carriageReturn]
        guard plain.contains(where: special.contains) else { return plain }
        var quoted: [UInt8] = [.quote]
        for byte in plain {
            if byte == .quote { quoted.append(.quote) }
            quoted.append(byte)
        }
        quoted.append(.quote)
        return quoted
    }
}

extension [UInt8] {
    /// Appends a number in decimal digits.
    mutating func append(decimal value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var divisor: UInt64 = 1
        while rest / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(.zero + UInt8(rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }

    /// Appends `HH:MM:SS`.
    mutating func append(time: ServiceTime) {
        let total = Int64(time.seconds)
        append(twoDigits: total / 3600)
        append(UInt8(ascii: ":"))
        append(twoDigits: total / 60 % 60)
        append(UInt8(ascii: ":"))
        append(twoDigits: total % 60)
    }

    private mutating func append(twoDigits value: Int64) {
        if (0..<10).contains(value) { append(.zero) }
        append(decimal: value)
    }
}
