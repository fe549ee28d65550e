/// Reads JSON (RFC 8259) value by value, without making anything of what nobody asks for.
///
/// Our own because it is on the way of every ping, where the general decoder takes ten times as long,
/// and because nesting must have a limit. A scan that has failed leaves the place it came to; what is
/// read after that means nothing.
struct JSONScanner {
    /// Brackets within brackets may be so many.
    static let deepest = 32

    let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int

    /// Scans some of the bytes, all of them unless told.
    init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
        self.bytes = bytes
        position = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    /// The byte at hand; nil at the end.
    var next: UInt8? { position < end ? bytes[position] : nil }

    /// Whether nothing but blanks is left.
    mutating func isAtEnd() -> Bool {
        skipBlanks()
        return position == end
    }

    mutating func skipBlanks() {
        while position < end, bytes[position].isBlank || bytes[position].isLineEnd { position += 1 }
    }

    /// Passes over a mark and the blanks before it; false when something else comes.
    mutating func skip(_ mark: UInt8) -> Bool {
        skipBlanks()
        guard next == mark else { return false }
        position += 1
        return true
    }

    /// Where a text's bytes are, and whether they hold escapes; nil when no text comes.
    mutating func text() -> (range: Range<Int>, isPlain: Bool)? {
        guard skip(.quote) else { return nil }
        let start = position
        var isPlain = true
        while position < end {
            switch bytes[position] {
            case .quote:
                position += 1
                return (start..<position - 1, isPlain)
            case .backslash:
                isPlain = false
                position += 2
            case 0..<0x20: return nil
            default: position += 1
            }
        }
        return nil
    }

    /// Goes back to a place, to read again from there.
    mutating func goBack(to place: Int) { position = place }

    /// A number; nil when none comes or when it is beyond every double.
    mutating func number() -> Double? {
        skipBlanks()
        var number = JSONNumber()
        guard let stop = number.scan(bytes, position..<end) else { return nil }
        defer { position = stop }
        return number.value(bytes, position..<stop)
    }

    /// Passes over a literal such as `true`.
    mutating func literal(_ word: StaticString) -> Bool {
        skipBlanks()
        let length = word.utf8CodeUnitCount
        guard position + length <= end else { return false }
        let matches = (0..<length).allSatisfy { bytes[position + $0] == word.utf8Start[$0] }
        if matches { position += length }
        return matches
    }

    /// Passes over the members of an object; false when what comes is none.
    ///
    /// `member` is told where each name stands and reads its value, or says false to stop.
    mutating func object(
        _ member: (inout JSONScanner, Range<Int>, _ isPlain: Bool) -> Bool
    ) -> Bool {
        guard skip(.openBrace) else { return false }
        if skip(.closeBrace) { return true }
        repeat {
            guard let name = text(), skip(.colon), member(&self, name.range, name.isPlain) else {
                return false
            }
        } while skip(.comma)
        return skip(.closeBrace)
    }

    /// Passes over the elements of an array; false when what comes is none.
    ///
    /// `element` reads each, or says false to stop.
    mutating func array(_ element: (inout JSONScanner) -> Bool) -> Bool {
        guard skip(.openBracket) else { return false }
        if skip(.closeBracket) { return true }
        repeat {
            guard element(&self) else { return false }
        } while skip(.comma)
        return skip(.closeBracket)
    }
}

extension UInt8 {
    fileprivate static let backslash = UInt8(ascii: "\\")
    fileprivate static let colon = UInt8(ascii: ":")
    static let openBrace = UInt8(ascii: "{")
    fileprivate static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    fileprivate static let closeBracket = UInt8(ascii: "]")
}
