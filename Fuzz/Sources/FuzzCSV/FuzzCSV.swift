import FuzzedFeeds

@testable import Ingestion

/// What a reader says of a row.
struct Row: Equatable {
    let line: Int
    let flaws: [CSVReader.Flaw]
    let cells: [String]
}

/// Reads any bytes as CSV: as a whole and through a small window, row by row and many at a time.
///
/// All must give the same rows.
@_cdecl("LLVMFuzzerTestOneInput")
public func readRows(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let step = 1 + bytes.reduce(0) { ($0 &+ Int($1)) % 31 }
    func window() -> RowWindow { RowWindow(DrippingStream(bytes, step: step), step: 16) }
    let dripped = rows(window())
    let invalid =
        TextEncoding.isUTF16(bytes)
        ? 0 : TextEncoding.firstInvalid(bytes.span, 0..<bytes.count)?.lowerBound
    require(dripped.firstInvalid == invalid, "text that is no UTF-8 is seen")
    if invalid != nil { return 0 }
    let whole = rows(RowWindow(bytes))
    require(whole.rows.map(\.line).strictlyRises, "lines rise")
    requireEqual(whole.rows, dripped.rows, "a small window changes nothing")
    requireEqual(whole.rows, rowsTakenTogether(RowWindow(bytes)), "plain rows are as any")
    requireEqual(whole.rows, rowsTakenTogether(window()), "plain rows are as any in a window")
    for header in StopTimesReading.headers {
        requireEqual(
            StopTimesReading(header, bytes, isPlain: true).all,
            StopTimesReading(header, bytes, isPlain: false).all, "plain stop times are as any")
    }
    return 0
}

private func rows(_ window: RowWindow) -> (rows: [Row], firstInvalid: Int?) {
    var reader = CSVReader(window)
    var rows: [Row] = []
    while reader.next() { rows.append(row(reader)) }
    return (rows, reader.window.firstInvalid)
}

private func row(_ reader: CSVReader) -> Row {
    Row(
        line: reader.line, flaws: reader.flaws,
        cells: reader.cells.map { CellValues.text(reader.bytes, $0) })
}

/// Takes plain rows together wherever the rows before them end in an odd line.
private func rowsTakenTogether(_ window: RowWindow) -> [Row] {
    var reader = CSVReader(window)
    var rows: [Row] = []
    while reader.next() {
        rows.append(row(reader))
        guard reader.line % 2 == 1, reader.cellCount > 1 else { continue }
        let before = rows.count
        let width = reader.cellCount
        let taken = reader.takePlainRows(width: width) { bytes, cells, line in
            guard line % 5 != 0 else { return false }
            rows.append(Row(line: line, flaws: [], cells: texts(bytes, cells, width)))
            return true
        }
        require(rows.count == before + taken, "rows taken are counted")
    }
    return rows
}

private func texts(_ bytes: Span<UInt8>, _ cells: Span<Cell>, _ width: Int) -> [String] {
    (0..<width).map { index in
        let range = cells[index].range
        return String(decoding: range.map { bytes[$0] }, as: UTF8.self)
    }
}
