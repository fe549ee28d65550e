/// Walks over the rows of a CSV file without making text of its fields.
///
/// A field may be quoted but must end in its line; blank lines, and lines that start with `#`, are
/// passed over.
struct CSVScanner {
    /// A column of this file: where it is, if it is there at all.
    struct Column {
        let name: String
        let position: Int?
    }

    let file: String
    let bytes: [UInt8]
    /// Number of the current line, the header being 1.
    private(set) var line = 0
    private var header: [String] = []
    private var cursor = 0
    private var bounds: [Range<Int>] = []

    init(_ source: CSVSource) throws(ScoringError) {
        file = source.file
        bytes = source.bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { cursor = 3 }
        guard advance() else { throw .empty(file: file) }
        header = bounds.map { Self.trimmed(text($0)) }
    }

    /// A column that must be there.
    func column(_ name: String) throws(ScoringError) -> Column {
        let column = optionalColumn(name)
        guard column.position != nil else {
            throw .missingColumn(file: file, column: name, found: header)
        }
        return column
    }

    /// A column that may be missing; its fields are then blank.
    func optionalColumn(_ name: String) -> Column {
        Column(name: name, position: header.firstIndex(of: name))
    }

    /// Goes to the next row; false after the last.
    mutating func advance() -> Bool {
        while cursor < bytes.count {
            line += 1
            let isComment = bytes[cursor] == UInt8(ascii: "#")
            splitLine()
            if !isComment, bounds.count > 1 || !bounds[0].isEmpty { return true }
        }
        return false
    }

    /// Where the field of the current row lies in ``bytes``, without quotes; empty when absent.
    func range(_ column: Column) -> Range<Int> {
        guard let position = column.position, position < bounds.count else { return 0..<0 }
        return bounds[position]
    }

    /// The text of some bytes, doubled quotes made single.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self).replacing("\"\"", with: "\"")
    }

    /// The number in a field, nil when blank.
    func optionalNumber(_ column: Column) throws(ScoringError) -> Double? {
        let range = range(column)
        if range.isEmpty { return nil }
        if let number = Self.plainNumber(bytes, range) { return number }
        let text = Self.trimmed(text(range))
        if text.isEmpty { return nil }
        guard let number = Double(text), abs(number) < 1e15 else {
            throw .notANumber(file: file, line: line, column: column.name, value: text)
        }
        return number
    }

    /// The number in a field that must be filled.
    func number(_ column: Column) throws(ScoringError) -> Double {
        guard let number = try optionalNumber(column) else {
            throw .blank(file: file, line: line, column: column.name)
        }
        return number
    }

    /// The whole number in a field, nil when blank; a fraction of zero is let pass.
    func optionalInteger(_ column: Column) throws(ScoringError) -> Int32? {
        guard let number = try optionalNumber(column) else { return nil }
        guard let integer = Int32(exactly: number) else {
            throw .notANumber(file: file, line: line, column: column.name, value: "\(number)")
        }
        return integer
    }

    /// The text without spaces around it.
    static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension CSVScanner {
    /// Finds the fields of the line at the cursor and moves the cursor behind it.
    private mutating func splitLine() {
        bounds.removeAll(keepingCapacity: true)
        var start = cursor
        var position = cursor
        while position < bytes.count, bytes[position] != .newline {
            if bytes[position] == .quote, position == start {
                position = endOfQuoted(from: position)
            } else if bytes[position] == .comma {
                append(start..<position)
                start = position + 1
                position = start
            } else {
                position += 1
            }
        }
        cursor = position + 1
        if position > start, bytes[position - 1] == .carriageReturn { position -= 1 }
        append(start..<position)
    }

    private mutating func append(_ range: Range<Int>) {
        let isQuoted =
            range.count >= 2 && bytes[range.lowerBound] == .quote
            && bytes[range.upperBound - 1] == .quote
        bounds.append(isQuoted ? range.lowerBound + 1..<range.upperBound - 1 : range)
    }

    /// The position after the closing quote, or the end of the line.
    private func endOfQuoted(from start: Int) -> Int {
        var position = start + 1
        while position < bytes.count, bytes[position] != .newline {
            position += 1
            guard bytes[position - 1] == .quote else { continue }
            guard position < bytes.count, bytes[position] == .quote else { return position }
            position += 1
        }
        return position
    }

    /// Reads `[-]digits[.digits]` of at most 15 digits; nil for anything else.
    private static func plainNumber(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
        var position = range.lowerBound
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        guard position < range.upperBound, range.count <= 16 else { return nil }
        var digits: Int64 = 0
        var scale: Int64 = 0
        while position < range.upperBound {
            let digit = bytes[position] &- .zero
            if digit <= 9 {
                digits = digits * 10 + Int64(digit)
                scale *= 10
            } else if bytes[position] == UInt8(ascii: "."), scale == 0 {
                scale = 1
            } else {
                return nil
            }
            position += 1
        }
        let number = Double(digits) / Double(max(1, scale))
        return isNegative ? -number : number
    }
}
