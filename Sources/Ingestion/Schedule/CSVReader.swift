/// Where a cell's text lies in the bytes of its file, without quotes and outer spaces.
struct Cell: Hashable {
    /// Offset of the first byte.
    var start: Int32
    /// Offset after the last byte.
    var end: Int32

    /// A cell without text.
    static let empty = Cell(start: 0, end: 0)

    init(start: Int, end: Int) {
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
    }

    var range: Range<Int> { Int(start)..<Int(end) }
    var isEmpty: Bool { start == end }
}

/// Reads the rows of a CSV file in place: RFC 4180, and what exporters make of it.
///
/// Each row gives cells that point into the file's bytes, so nothing is allocated for a row or a
/// cell. Lines may end in LF, CR, CRLF or CRCRLF; blank lines are skipped; a byte order mark is
/// dropped; spaces around a cell are trimmed unless they are quoted. A quote inside a quoted cell
/// that is not doubled is taken as text unless a comma or the line's end follows. A quoted cell
/// that never closes ends with its line, not with the file.
struct CSVReader {
    /// What is wrong with a row that could still be read.
    enum Flaw {
        case unescapedQuote
        case unclosedQuote
    }

    /// The file; cells of the current row are valid in it.
    private(set) var bytes: [UInt8]
    /// The current row.
    private(set) var cells: [Cell] = []
    /// Line where the current row starts, from 1.
    private(set) var line = 0
    /// What is wrong with the current row, if anything.
    private(set) var flaw: Flaw?

    private var position = 0
    private var nextLine = 1
    private var quotesSpanLines = true

    /// Starts before the first row.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Moves to the next row; false at the end of the file.
    mutating func next() -> Bool {
        cells.removeAll(keepingCapacity: true)
        flaw = nil
        while position < bytes.count, bytes[position].isLineEnd { skipLineEnd() }
        guard position < bytes.count else { return false }
        line = nextLine
        repeat { readCell() } while skipComma()
        if position < bytes.count { skipLineEnd() }
        return true
    }

    private mutating func skipComma() -> Bool {
        guard position < bytes.count, bytes[position] == .comma else { return false }
        position += 1
        return true
    }

    /// Skips CR* LF as one line end, and each CR without LF as one.
    private mutating func skipLineEnd() {
        var returns = 0
        while position < bytes.count, bytes[position] == .carriageReturn {
            position += 1
            returns += 1
        }
        if position < bytes.count, bytes[position] == .lineFeed {
            position += 1
            nextLine += 1
        } else {
            nextLine += returns
        }
    }

    private mutating func readCell() {
        let start = Self.skipBlanks(bytes.span, from: position)
        if start < bytes.count, bytes[start] == .quote {
            readQuoted(from: start + 1)
        } else {
            readPlain(from: start)
        }
    }

    private mutating func readPlain(from start: Int) {
        position = Self.endOfPlain(bytes.span, from: start)
        cells.append(Cell(start: start, end: trimmedEnd(of: start..<position)))
    }

    private func trimmedEnd(of range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound, bytes[end - 1].isBlank { end -= 1 }
        return end
    }

    private mutating func readQuoted(from start: Int) {
        guard
            let quoted = Self.scanQuoted(bytes.span, from: start, spansLines: quotesSpanLines)
        else {
            flaw = .unclosedQuote
            quotesSpanLines = false
            position = Self.endOfLine(bytes.span, from: start)
            cells.append(Cell(start: start, end: position))
            return
        }
        if quoted.hasBareQuote { flaw = .unescapedQuote }
        if quoted.lineEnds > 0 { nextLine += quoted.lineEnds }
        position = quoted.next
        let end = quoted.hasDoubledQuote ? undouble(start..<quoted.end) : quoted.end
        cells.append(Cell(start: start, end: end))
    }

    /// Makes single quotes of doubled ones in place, and returns the new end.
    private mutating func undouble(_ range: Range<Int>) -> Int {
        var target = range.lowerBound
        var source = range.lowerBound
        while source < range.upperBound {
            let byte = bytes[source]
            bytes[target] = byte
            target += 1
            source += 1
            if byte == .quote, source < range.upperBound, bytes[source] == .quote { source += 1 }
        }
        return target
    }
}
