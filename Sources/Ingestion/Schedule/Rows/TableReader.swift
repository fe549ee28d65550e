import TransitModel

/// Reads one file of the feed row by row, its cells by column, and reports what is wrong in it.
///
/// There is one of it for a file, so it is never copied by mistake, a million times over.
struct TableReader: ~Copyable {
    let file: FeedFile
    /// Rows read so far, without the header.
    private(set) var rowCount = 0
    /// Whether a row could not be used, so that what it names may be missed elsewhere.
    private(set) var hasLostRows = false

    private(set) var csv: CSVReader
    private let positions: [Int]
    private let width: Int
    private let log: NoticeLog

    private init(_ file: FeedFile, _ csv: CSVReader, positions: [Int], log: NoticeLog) {
        self.file = file
        self.csv = csv
        self.positions = positions
        self.log = log
        width = csv.cellCount
    }

    /// Why the rows of a file cannot be read.
    struct Unreadable: Error {
        /// Whether there is nothing in the file, not even a header.
        var isEmpty = false
        /// What went wrong on reading, which no notice tells yet.
        var failure: FeedFailure?
        /// Offset of the first byte that is no UTF-8, which no notice tells yet.
        var firstInvalid: Int?
    }

    /// Reads the header; throws, with a notice for each reason that the header gives, when rows
    /// could not be understood.
    static func open(
        _ file: FeedFile, _ window: RowWindow, log: NoticeLog
    ) throws(Unreadable) -> TableReader {
        var csv = CSVReader(window)
        guard csv.next() else {
            if csv.isWhole { log.report(.emptyFile, file: file.rawValue, "has no header") }
            throw unreadable(csv, isEmpty: csv.isWhole)
        }
        if csv.flaws.contains(where: { $0.kind == .unclosedQuote }) {
            log.report(
                .csvParsingFailed, file: file.rawValue, line: csv.line,
                "a quote in the header is never closed; it is taken to end with its line")
        }
        for flaw in csv.flaws where flaw.kind == .outerBlanks { csv.trim(flaw.cell) }
        let header = Header(csv.cells.map { CellValues.text(csv.bytes, $0) }, line: csv.line)
        guard let positions = header.positions(for: file, log) else { throw unreadable(csv) }
        return TableReader(file, csv, positions: positions, log: log)
    }

    private static func unreadable(_ csv: CSVReader, isEmpty: Bool = false) -> Unreadable {
        Unreadable(
            isEmpty: isEmpty, failure: csv.window.failure, firstInvalid: csv.window.firstInvalid)
    }

    /// Moves to the next row that can be read; false at the end of the file.
    mutating func next() -> Bool {
        while csv.next() {
            rowCount += 1
            if csv.flaws.isEmpty, csv.cellCount == width { return true }
            if isReadable() { return true }
        }
        return false
    }

    /// Notes that the current row could not be used.
    mutating func lose() { hasLostRows = true }

    /// Takes the rows after the current one for as long as they are plain and wanted; the first that
    /// is not stays to be read by ``next()``.
    @inline(__always)
    mutating func takePlainRows(
        _ take: (_ bytes: Span<UInt8>, _ cells: Span<Cell>, _ line: Int) -> Bool
    ) {
        rowCount += csv.takePlainRows(width: width, take)
    }

    /// Takes the rows after the current one for as long as somebody else can read them; the first
    /// that is not taken stays to be read by ``next()``.
    @inline(__always)
    mutating func takeRows(
        _ read: (_ bytes: Span<UInt8>, _ start: Int, _ line: Int) -> Int?
    ) {
        rowCount += csv.takeRows(read)
    }

    /// The columns in order of the header; nil for one that is not read.
    var columns: [Column?] {
        var columns = [Column?](repeating: nil, count: width)
        for column in Column.allCases where has(column) {
            columns[positions[column.rawValue]] = column
        }
        return columns
    }

    /// Where columns stand in a plain row; nil when the header lacks one of them.
    func places(of columns: [Column]) -> [Int]? {
        let places = columns.map { positions[$0.rawValue] }
        return places.allSatisfy { $0 >= 0 } ? places : nil
    }

    /// Whether the header has a column.
    func has(_ column: Column) -> Bool { positions[column.rawValue] >= 0 }

    /// The bytes that cells of the current row point into.
    var bytes: [UInt8] { csv.bytes }

    /// Line of the current row, the header being line 1.
    var line: Int { csv.line }

    /// The current row's cell in a column; empty where the row or the header has none.
    @inline(__always)
    func cell(_ column: Column) -> Cell {
        let position = positions[column.rawValue]
        return position >= 0 && position < csv.cellCount ? csv.cell(position) : .empty
    }

    /// Reports a finding about the current row, with the cell's text where a column is named.
    func report(
        _ code: NoticeCode,
        in column: Column? = nil,
        severity: Notice.Severity? = nil,
        _ message: @autoclosure () -> String
    ) {
        log.report(
            code,
            file: file.rawValue,
            line: line,
            column: column,
            value: column.map { CellValues.text(csv.bytes, cell($0)) },
            severity: severity,
            message()
        )
    }

    private mutating func isReadable() -> Bool {
        if csv.flaws.contains(where: { $0.kind == .unclosedQuote }) {
            report(.csvParsingFailed, "a quote is never closed; the row is dropped")
            lose()
            return false
        }
        if csv.flaws.contains(where: { $0.kind == .unescapedQuote }) {
            report(.unescapedQuote, "a quote inside a quoted cell is not doubled; taken as text")
        }
        for flaw in csv.flaws { mend(flaw) }
        return csv.cellCount == width || checkLength()
    }

    /// Mends line ends and blanks in a quoted cell; told of columns that are read.
    private mutating func mend(_ flaw: CSVReader.Flaw) {
        let column = Column.allCases.first { positions[$0.rawValue] == flaw.cell }
        switch flaw.kind {
        case .lineEnd:
            if let column {
                report(.newLineInValue, in: column, "holds a line end; taken as a space")
            }
            csv.joinLines(of: flaw.cell)
            csv.trim(flaw.cell)
        case .outerBlanks:
            if let column {
                report(.outerWhitespace, in: column, "has spaces around it; read without them")
            }
            csv.trim(flaw.cell)
        case .unescapedQuote, .unclosedQuote: break
        }
    }

    /// Takes short rows and rows with empty cells at the end; drops rows whose cells have shifted.
    private mutating func checkLength() -> Bool {
        guard csv.cells.contains(where: { !$0.isEmpty }) else {
            report(.emptyRow, "the row is empty")
            return false
        }
        let isUsable = csv.cells.dropFirst(width).allSatisfy(\.isEmpty)
        if !isUsable { lose() }
        report(
            .invalidRowLength,
            "\(csv.cellCount) cells under \(width) columns; "
                + (isUsable ? "missing cells are taken as empty" : "the row is dropped")
        )
        return isUsable
    }
}
