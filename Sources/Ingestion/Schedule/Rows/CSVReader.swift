/// Where a cell's text lies in the bytes of its row, without quotes and outer spaces.
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
/// Each row gives cells that point into the window's bytes, so nothing is allocated for a row or a
/// cell. Lines may end in LF, CR, CRLF or CRCRLF; blank lines are skipped; a byte order mark is
/// dropped; spaces around a cell are trimmed unless they are quoted. A quote inside a quoted cell
/// that is not doubled is taken as text unless a comma or the line's end follows. A quoted cell
/// that never closes ends with its line, not with the file.
struct CSVReader {
    /// What is odd about a quoted cell that could still be read.
    struct Flaw: Hashable {
        enum Kind {
            case unescapedQuote
            case unclosedQuote
            case outerBlanks
            case lineEnd
        }

        let kind: Kind
        /// Number of the cell in the row.
        let cell: Int
    }

    /// The part of the file that holds the current row.
    private(set) var window: RowWindow
    /// How many cells the current row has.
    private(set) var cellCount = 0
    /// Line where the current row starts, from 1.
    private(set) var line = 0
    /// What is odd about the current row.
    private(set) var flaws: [Flaw] = []

    private var position = 0
    private var nextLine = 1
    private var quotesSpanLines = true
    /// Cells of a row that are kept at most.
    private static let cellLimit = 4096
    /// Cells of the current row that hold doubled quotes.
    private var doubled: [Int] = []
    /// Room for cells; those of the current row come first.
    private var room = [Cell](repeating: .empty, count: 64)

    /// Starts before the first row of a file in memory that is known to be UTF-8.
    init(_ bytes: [UInt8]) { self.init(RowWindow(bytes)) }

    /// Starts before the first row.
    init(_ window: RowWindow) {
        self.window = window
        if window.bytes.prefix(window.count).starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The cells of the current row.
    var cells: ArraySlice<Cell> { room[..<cellCount] }

    /// A cell of the current row, which must have it.
    func cell(_ position: Int) -> Cell { room[position] }

    /// The bytes that cells of the current row point into.
    var bytes: [UInt8] { window.bytes }

    /// Whether reading met no fault of the file; asked once there is no next row.
    var isWhole: Bool { window.failure == nil && window.firstInvalid == nil }

    /// Moves to the next row; false at the end of the file, or where it stops being readable.
    mutating func next() -> Bool {
        if !flaws.isEmpty { flaws.removeAll(keepingCapacity: true) }
        guard skipLineEnds() else { return false }
        line = nextLine
        if readPlainRow() { return true }
        while true {
            if readRow() { return true }
            guard readMore() else { return finishRow() }
        }
    }

    /// Takes the rows after the current one for as long as they are plain, end in the window and are
    /// wanted.
    ///
    /// The first that is not stays to be read as any other.
    ///
    /// - Parameters:
    ///   - width: How many cells a row must have; more than one, which a blank line seems to have.
    ///   - take: Whether the row is wanted, from the bytes, its cells and its line.
    /// - Returns: How many rows were taken.
    @inline(__always)
    mutating func takePlainRows(
        width: Int, _ take: (_ bytes: Span<UInt8>, _ cells: Span<Cell>, _ line: Int) -> Bool
    ) -> Int {
        var cells: [Cell] = []
        swap(&cells, &room)
        defer { swap(&cells, &room) }
        return takeRows { bytes, start, line in
            guard let row = Self.scanPlainRow(bytes, from: start, into: &cells),
                row.count == width, take(bytes, cells.span, line)
            else { return nil }
            return row.end
        }
    }

    /// Takes the rows after the current one for as long as somebody else can read them.
    ///
    /// The first that is not taken stays to be read as any other.
    ///
    /// - Parameter read: The offset of the row's line end, from the bytes of the window, where the
    ///   row starts in them and its line; nil when the row is not taken.
    /// - Returns: How many rows were taken.
    @inline(__always)
    mutating func takeRows(
        _ read: (_ bytes: Span<UInt8>, _ start: Int, _ line: Int) -> Int?
    ) -> Int {
        var count = 0
        var end = position
        do {
            let bytes = window.bytes.span.extracting(first: window.count)
            while let start = Self.nextLine(bytes, after: end),
                let next = read(bytes, start, nextLine + count + 1)
            {
                end = next
                count += 1
            }
        }
        position = end
        nextLine += count
        line = nextLine
        return count
    }

    /// Reads on where the window ended in a row.
    private mutating func readMore() -> Bool {
        let start = position
        guard window.readMore(keepingFrom: start) else { return false }
        position = 0
        return true
    }

    /// Skips line ends, CR* LF as one and each CR without LF as one; false at the file's end.
    private mutating func skipLineEnds() -> Bool {
        var returns = 0
        while true {
            guard position < window.count else {
                guard readMore() else {
                    nextLine += returns
                    return false
                }
                continue
            }
            switch window.bytes[position] {
            case .carriageReturn: returns += 1
            case .lineFeed:
                nextLine += 1
                returns = 0
            default:
                nextLine += returns
                return true
            }
            position += 1
        }
    }
}

extension CSVReader {
    /// Reads a row that has no quotes and ends well inside the window; otherwise returns false and
    /// leaves everything as it was but for the cells.
    private mutating func readPlainRow() -> Bool {
        // The room is taken out meanwhile, so that it can change while the window is looked at.
        var cells: [Cell] = []
        swap(&cells, &room)
        let row = Self.scanPlainRow(
            window.bytes.span.extracting(first: window.count), from: position, into: &cells)
        swap(&cells, &room)
        guard let row else { return false }
        cellCount = row.count
        position = row.end
        return true
    }

    private func trimmedEnd(of range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound, window.bytes[end - 1].isBlank { end -= 1 }
        return end
    }

    /// Reads a row of any kind; false when the window ends before it does.
    private mutating func readRow() -> Bool {
        cellCount = 0
        doubled.removeAll(keepingCapacity: true)
        flaws.removeAll(keepingCapacity: true)
        nextLine = line
        var next = position
        repeat {
            next = readCell(from: next) + 1
        } while next - 1 < window.count
            && window.bytes[next - 1] == .comma
        guard next - 1 < window.count else { return false }
        position = next - 1
        undoubleQuotes()
        return true
    }

    /// Takes what is left of the file as the last row.
    private mutating func finishRow() -> Bool {
        if flaws.contains(where: { $0.kind == .unclosedQuote }) {
            // The cell may hold many rows: it ends with its line, and so do all that follow.
            quotesSpanLines = false
            if readRow() { return true }
        }
        if isWhole, !window.isAtEnd { window.refuse(rowAt: line) }
        position = window.count
        undoubleQuotes()
        return isWhole
    }

    /// Adds the cell that starts at an offset, and returns where it ends.
    private mutating func readCell(from offset: Int) -> Int {
        let start = Self.skipBlanks(window.bytes.span, from: offset, to: window.count)
        if start < window.count, window.bytes[start] == .quote {
            return readQuoted(from: start + 1)
        }
        let end = Self.endOfPlain(window.bytes.span, from: start, to: window.count)
        append(Cell(start: start, end: trimmedEnd(of: start..<end)))
        return end
    }

    private mutating func readQuoted(from start: Int) -> Int {
        let quoted = Self.scanQuoted(
            window.bytes.span.extracting(first: window.count), from: start,
            spansLines: quotesSpanLines)
        guard let quoted else { return readUnclosed(from: start) }
        if quoted.hasBareQuote { note(.unescapedQuote) }
        if quoted.hasDoubledQuote, cellCount < Self.cellLimit { doubled.append(cellCount) }
        if quoted.lineEnds > 0 { note(.lineEnd) }
        nextLine += quoted.lineEnds
        let cell = Cell(start: start, end: quoted.end)
        if Self.trimmed(window.bytes.span, start, quoted.end) != cell { note(.outerBlanks) }
        append(cell)
        return quoted.next
    }

    private mutating func note(_ kind: Flaw.Kind) {
        // A row without a closing quote is dropped, however many cells it has.
        guard cellCount < Self.cellLimit || kind == .unclosedQuote else { return }
        flaws.append(Flaw(kind: kind, cell: cellCount))
    }

    private mutating func readUnclosed(from start: Int) -> Int {
        note(.unclosedQuote)
        let end =
            quotesSpanLines
            ? window.count
            : Self.endOfLine(window.bytes.span.extracting(first: window.count), from: start)
        append(Cell(start: start, end: end))
        return end
    }

    private mutating func append(_ cell: Cell) {
        guard cellCount < Self.cellLimit else { return }
        if cellCount == room.count { room += room }
        room[cellCount] = cell
        cellCount += 1
    }

    /// Makes single quotes of doubled ones in place, once the row is complete and will not be read
    /// again.
    private mutating func undoubleQuotes() {
        for index in doubled { room[index].end = Int32(undouble(room[index].range)) }
        doubled.removeAll(keepingCapacity: true)
    }

    /// Drops the blanks around a quoted cell.
    mutating func trim(_ cell: Int) {
        let range = room[cell].range
        room[cell] = Self.trimmed(window.bytes.span, range.lowerBound, range.upperBound)
    }

    /// Makes one space of each run of line ends in a quoted cell.
    mutating func joinLines(of cell: Int) {
        let range = room[cell].range
        var target = range.lowerBound
        var wasLineEnd = false
        for source in range {
            let byte = window.bytes[source]
            defer { wasLineEnd = byte.isLineEnd }
            if byte.isLineEnd, wasLineEnd { continue }
            window.bytes[target] = byte.isLineEnd ? 0x20 : byte
            target += 1
        }
        room[cell].end = Int32(target)
    }

    private mutating func undouble(_ range: Range<Int>) -> Int {
        var target = range.lowerBound
        var source = range.lowerBound
        while source < range.upperBound {
            let byte = window.bytes[source]
            window.bytes[target] = byte
            target += 1
            source += 1
            if byte == .quote, source < range.upperBound, window.bytes[source] == .quote {
                source += 1
            }
        }
        return target
    }
}
