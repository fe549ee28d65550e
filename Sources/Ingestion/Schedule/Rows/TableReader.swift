import TransitModel

/// Reads one file of the feed row by row, its cells by column, and reports what is wrong in it.
///
/// There is one of it for a file, so it is never copied by mistake, a million times over.
struct TableReader: ~Copyable {
    let file: FeedFile
    /// Rows read so far, without the header.
    private(set) var rowCount = 0

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

    /// Reads the header; nil, with a notice for each reason, when rows could not be understood.
    static func open(_ file: FeedFile, _ window: RowWindow, log: NoticeLog) -> TableReader? {
        var csv = CSVReader(window)
        guard csv.next() else {
            if csv.isWhole { log.report(.emptyFile, file: file.rawValue, "has no header") }
            return nil
        }
        let positions = positions(in: csv, file, log)
        let missing = file.requiredColumns.filter { positions[$0.rawValue] < 0 }
        for column in missing {
            log.report(
                .missingRequiredColumn, file: file.rawValue, line: 1, column: column,
                "the header has no such column, so the file cannot be read")
        }
        return missing.isEmpty ? TableReader(file, csv, positions: positions, log: log) : nil
    }

    private static func positions(in csv: CSVReader, _ file: FeedFile, _ log: NoticeLog) -> [Int] {
        var positions = [Int](repeating: -1, count: Column.allCases.count)
        let columns = Dictionary(uniqueKeysWithValues: Column.allCases.map { ($0.name, $0) })
        for (position, cell) in csv.cells.enumerated() {
            guard let column = columns[CellValues.text(csv.bytes, cell)] else { continue }
            if positions[column.rawValue] < 0 {
                positions[column.rawValue] = position
            } else {
                log.report(
                    .duplicatedColumn,
                    file: file.rawValue,
                    line: 1,
                    column: column,
                    "stands twice in the header; the first is read"
                )
            }
        }
        return positions
    }

    /// Moves to the next row that can be read; false at the end of the file.
    mutating func next() -> Bool {
        while csv.next() {
            rowCount += 1
            if csv.flaw == nil, csv.cellCount == width { return true }
            if isReadable() { return true }
        }
        return false
    }

    /// Takes the rows after the current one for as long as they are plain and wanted; the first that
    /// is not stays to be read by ``next()``.
    @inline(__always)
    mutating func takePlainRows(
        _ take: (_ bytes: Span<UInt8>, _ cells: Span<Cell>, _ line: Int) -> Bool
    ) {
        rowCount += csv.takePlainRows(width: width, take)
    }

    /// Where columns stand in a plain row; nil when the header lacks one of them.
    func places(of columns: [Column]) -> [Int]? {
        let places = columns.map { positions[$0.rawValue] }
        return places.allSatisfy { $0 >= 0 } ? places : nil
    }

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
        _ message: String
    ) {
        log.report(
            code,
            file: file.rawValue,
            line: line,
            column: column,
            value: column.map { CellValues.text(csv.bytes, cell($0)) },
            severity: severity,
            message
        )
    }

    private func isReadable() -> Bool {
        switch csv.flaw {
        case .unescapedQuote:
            report(.unescapedQuote, "a quote inside a quoted cell is not doubled; taken as text")
        case .unclosedQuote:
            report(.csvParsingFailed, "a quote is never closed; the row is dropped")
            return false
        case nil: break
        }
        return csv.cellCount == width || checkLength()
    }

    /// Takes short rows and rows with empty cells at the end; drops rows whose cells have shifted.
    private func checkLength() -> Bool {
        guard csv.cells.contains(where: { !$0.isEmpty }) else {
            report(.emptyRow, "the row is empty")
            return false
        }
        let isUsable = csv.cells.dropFirst(width).allSatisfy(\.isEmpty)
        report(
            .invalidRowLength,
            "\(csv.cellCount) cells under \(width) columns; "
                + (isUsable ? "missing cells are taken as empty" : "the row is dropped")
        )
        return isUsable
    }
}
