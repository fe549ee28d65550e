/// Makes sure that a file is UTF-8, or becomes it.
enum TextEncoding {
    /// What the bytes of a file turned out to be.
    enum Finding: Equatable {
        case utf8
        /// Latin-1, decoded; the offset of the first such byte.
        case latin1(offset: Int)
        /// Latin-1 with the punctuation of Windows, decoded; the offset of the first such byte.
        case windows1252(offset: Int)
        case utf16
        /// Neither; the offset of the first byte that is wrong.
        case unknown(offset: Int)
    }

    /// Examines a file, and turns Latin-1 or Windows-1252 into UTF-8 where it is hardly anything
    /// else.
    ///
    /// It is taken for one of them only when no two of its bytes above 0x7F are neighbours, as
    /// nearly all text in UTF-8, Chinese and Japanese has them, and when each byte is a character.
    /// Other alphabets of one byte a letter look the same, so the notice asks for a look.
    static func normalize(_ bytes: inout [UInt8]) -> Finding {
        if isUTF16(bytes) { return .utf16 }
        guard let offset = firstInvalid(bytes.span, 0..<bytes.count)?.lowerBound else {
            return .utf8
        }
        guard isPlainlySingleBytes(bytes) else { return .unknown(offset: offset) }
        let isWindows = bytes.contains { 0x80..<0xA0 ~= $0 }
        bytes = decodedWindows1252(bytes)
        return isWindows ? .windows1252(offset: offset) : .latin1(offset: offset)
    }

    private static func decodedWindows1252(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count + 2 * bytes.count { $0 >= 0x80 })
        for byte in bytes {
            if byte < 0x80 {
                decoded.append(byte)
            } else {
                let scalar = byte < 0xA0 ? windowsScalars[Int(byte - 0x80)] : Unicode.Scalar(byte)
                decoded += UTF8.encode(scalar ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
            }
        }
        return decoded
    }

    /// What Windows-1252 has from 0x80 to 0x9F, where Latin-1 has control characters; nil for the
    /// five bytes that are none.
    private static let windowsScalars: [Unicode.Scalar?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]

    /// Whether bytes begin as UTF-16 does: with its mark, or with a letter of ASCII, which has a zero
    /// before or after it.
    static func isUTF16(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 2 else { return false }
        return bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            || bytes[0] == 0 || bytes[1] == 0
    }

    /// Whether all bytes of a range are ASCII; looks at 32 at a time.
    static func isASCII(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let raw = bytes.extracting(range).bytes
        func word(_ offset: Int) -> UInt64 {
            raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
        }
        var seen: UInt64 = 0
        var offset = 0
        while offset &+ 32 <= raw.byteCount {
            seen |= word(offset) | word(offset &+ 8) | word(offset &+ 16) | word(offset &+ 24)
            offset &+= 32
        }
        for rest in range.lowerBound + offset..<range.upperBound { seen |= UInt64(bytes[rest]) }
        return seen & 0x8080_8080_8080_8080 == 0
    }

    /// Where the first bytes of a range are that are no UTF-8.
    static func firstInvalid(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.extracting(range))
            return nil
        } catch {
            let start = range.lowerBound + error.byteOffsets.lowerBound
            return start..<start + error.byteOffsets.count
        }
    }

    /// Offset of the first U+FFFD, which stands for a character that could not be decoded.
    static func firstReplaced(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard range.count >= 3, !isASCII(bytes, range) else { return nil }
        for offset in range.dropLast(2)
        where bytes[offset] == 0xEF && bytes[offset + 1] == 0xBF && bytes[offset + 2] == 0xBD {
            return offset
        }
        return nil
    }

    private static func isPlainlySingleBytes(_ bytes: [UInt8]) -> Bool {
        var wasHigh = false
        for byte in bytes {
            let isHigh = byte >= 0x80
            if isHigh {
                let isCharacter = byte >= 0xA0 || windowsScalars[Int(byte - 0x80)] != nil
                guard isCharacter, !wasHigh else { return false }
            }
            wasHigh = isHigh
        }
        return true
    }
}
