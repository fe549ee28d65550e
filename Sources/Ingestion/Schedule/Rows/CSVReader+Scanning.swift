extension UInt8 {
    static let comma = UInt8(ascii: ",")
    static let quote = UInt8(ascii: "\"")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    /// A space or a tab.
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    var isLineEnd: Bool { self == .lineFeed || self == .carriageReturn }
    /// The value of a decimal digit; nil for any other byte.
    var digit: Int? { (0x30...0x39).contains(self) ? Int(self) - 0x30 : nil }
}

extension CSVReader {
    /// What lies between an opening quote and the delimiter after the closing one.
    struct Quoted {
        /// Offset of the closing quote.
        var end = 0
        /// Offset of the delimiter, or the file's end.
        var next = 0
        var lineEnds = 0
        var hasDoubledQuote = false
        var hasBareQuote = false
    }

    /// Finds the cells of a row that has no quotes at the start of a cell or after a blank; nil when
    /// it has one, does not end in `bytes` or has more cells than there is room.
    @inline(__always)
    static func scanPlainRow(
        _ bytes: Span<UInt8>, from start: Int, into cells: inout [Cell]
    ) -> (count: Int, end: Int)? {
        guard start >= 0 else { return nil }
        var cells = cells.mutableSpan
        let raw = bytes.bytes
        var count = 0
        var first = start
        var base = start
        var hasBlanks = false
        // The last word that can be loaded whole bounds every offset below.
        let lastWord = bytes.count &- 8
        while base <= lastWord {
            var marks = lowBytes(
                raw.unsafeLoadUnaligned(fromUncheckedByteOffset: base, as: UInt64.self))
            while marks != 0 {
                let position = base &+ marks.trailingZeroBitCount &>> 3
                marks &= marks &- 1
                let byte = bytes[unchecked: position]
                if _fastPath(byte == .comma) || byte.isLineEnd {
                    guard count < cells.count else { return nil }
                    var cell = Cell(start: first, end: position)
                    if _slowPath(hasBlanks) { cell = trimmed(bytes, first, position) }
                    cells[unchecked: count] = cell
                    hasBlanks = false
                    count &+= 1
                    first = position &+ 1
                    if _fastPath(byte == .comma) { continue }
                    return (count, position)
                }
                // Blanks before a quote are not gone over again: each quote of a cell would do it.
                if byte == .quote, hasBlanks || position == first { return nil }
                hasBlanks = hasBlanks || byte.isBlank
            }
            base &+= 8
        }
        return nil
    }

    /// Where the line after a single line end starts; nil when no line end is there in full.
    @inline(__always)
    static func nextLine(_ bytes: Span<UInt8>, after end: Int) -> Int? {
        var position = end
        while position < bytes.count, bytes[position] == .carriageReturn { position += 1 }
        return position < bytes.count && bytes[position] == .lineFeed ? position + 1 : nil
    }

    /// Marks the top bit of each of eight bytes that is no greater than a comma: all delimiters are,
    /// and nearly all text is above.
    @inline(__always)
    private static func lowBytes(_ word: UInt64) -> UInt64 {
        let tops: UInt64 = 0x8080_8080_8080_8080
        let aboveComma = (UInt64(littleEndian: word) | tops) &- 0x2D2D_2D2D_2D2D_2D2D
        return ~(aboveComma | UInt64(littleEndian: word)) & tops
    }

    /// The cell between two delimiters without the blanks around it.
    static func trimmed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Cell {
        var (start, end) = (start, end)
        while start < end, bytes[unchecked: start].isBlank { start += 1 }
        while end > start, bytes[unchecked: end - 1].isBlank { end -= 1 }
        return Cell(start: start, end: end)
    }

    static func skipBlanks(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var position = start
        while position < end, bytes[position].isBlank { position += 1 }
        return position
    }

    /// Where a cell without quotes ends.
    ///
    /// All delimiters are at most a comma and nearly all text is above: one comparison a byte.
    static func endOfPlain(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var position = start
        while position < end {
            let byte = bytes[position]
            if byte <= .comma, byte == .comma || byte.isLineEnd { break }
            position += 1
        }
        return position
    }

    static func endOfLine(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position < bytes.count, !bytes[position].isLineEnd { position += 1 }
        return position
    }

    /// Reads up to the closing quote.
    ///
    /// In a cell that has a quote not doubled, two quotes at the end are one of the text and the
    /// closing one. Returns nil when the cell never closes in the file, or in the line where
    /// quotes may not span lines.
    static func scanQuoted(
        _ bytes: Span<UInt8>,
        from start: Int,
        spansLines: Bool
    ) -> Quoted? {
        var quoted = Quoted()
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte == .quote {
                let isDoubled = position + 1 < bytes.count && bytes[position + 1] == .quote
                if isDoubled, quoted.hasBareQuote, delimiter(bytes, after: position + 1) != nil {
                    position += 1
                    continue
                } else if isDoubled {
                    quoted.hasDoubledQuote = true
                    position += 1
                } else if let next = delimiter(bytes, after: position) {
                    quoted.end = position
                    quoted.next = next
                    return quoted
                } else {
                    quoted.hasBareQuote = true
                }
            } else if byte.isLineEnd {
                guard spansLines else { return nil }
                quoted.lineEnds += countsAsLineEnd(bytes, at: position) ? 1 : 0
            }
            position += 1
        }
        return nil
    }

    /// The delimiter that follows a closing quote, perhaps after spaces; nil when text follows.
    private static func delimiter(_ bytes: Span<UInt8>, after quote: Int) -> Int? {
        let next = skipBlanks(bytes, from: quote + 1, to: bytes.count)
        guard next < bytes.count else { return next }
        return bytes[next] == .comma || bytes[next].isLineEnd ? next : nil
    }

    /// LF ends a line; so does CR that no CR or LF follows.
    private static func countsAsLineEnd(_ bytes: Span<UInt8>, at position: Int) -> Bool {
        if bytes[position] == .lineFeed { return true }
        return position + 1 >= bytes.count || !bytes[position + 1].isLineEnd
    }
}
