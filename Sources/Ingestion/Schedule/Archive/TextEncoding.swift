/// Makes sure that a file is UTF-8, or becomes it.
enum TextEncoding {
    /// What the bytes of a file turned out to be.
    enum Finding: Equatable {
        case utf8
        /// Windows or Unix Latin-1, decoded; the offset of the first such byte.
        case latin1(offset: Int)
        case utf16
        /// Neither; the offset of the first byte that is wrong.
        case unknown(offset: Int)
    }

    /// Examines a file, and turns Latin-1 into UTF-8 where it can be nothing else.
    ///
    /// It is taken for Latin-1 only when no two of its bytes above 0x7F are neighbours, so that
    /// none can belong to UTF-8, and none is a control character in Latin-1.
    static func normalize(_ bytes: inout [UInt8]) -> Finding {
        if isUTF16(bytes) { return .utf16 }
        guard let offset = firstInvalid(bytes.span, 0..<bytes.count)?.lowerBound else {
            return .utf8
        }
        guard isPlainlyLatin1(bytes) else { return .unknown(offset: offset) }
        bytes = decodedLatin1(bytes)
        return .latin1(offset: offset)
    }

    private static func decodedLatin1(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count + bytes.count { $0 >= 0x80 })
        for byte in bytes {
            if byte >= 0x80 { decoded.append(0xC0 | byte >> 6) }
            decoded.append(byte < 0x80 ? byte : 0x80 | byte & 0x3F)
        }
        return decoded
    }

    /// Whether bytes begin as UTF-16 does, with its mark or with a zero in one of two bytes.
    static func isUTF16(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 2 else { return false }
        return bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            || bytes[0] == 0 || bytes[1] == 0
    }

    /// Whether all bytes of a range are ASCII; looks at eight at a time.
    static func isASCII(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let raw = bytes.bytes
        let whole = range.lowerBound + (range.count & ~7)
        var seen: UInt64 = 0
        for offset in stride(from: range.lowerBound, to: whole, by: 8) {
            seen |= raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        for offset in whole..<range.upperBound { seen |= UInt64(bytes[offset]) }
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

    private static func isPlainlyLatin1(_ bytes: [UInt8]) -> Bool {
        var wasHigh = false
        for byte in bytes {
            let isHigh = byte >= 0x80
            if isHigh, wasHigh || byte < 0xA0 { return false }
            wasHigh = isHigh
        }
        return true
    }
}
