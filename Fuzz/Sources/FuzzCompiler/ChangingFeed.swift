/// A sound feed in rows and cells, and changes that may spoil it.
struct ChangingFeed {
    /// A change, chosen by a byte of the input.
    private enum Change: UInt8, CaseIterable {
        case setCell, spellCell, nudgeCell, repeatRow, removeRow, swapRows, moveRowToEnd
        case multiplyRow, removeColumn, swapColumns, removeFile
    }

    private var tables: [(name: String, rows: [[String]])]

    init() { tables = SoundFeed.tables }

    /// The text of each file.
    var files: [String: String] {
        let texts = tables.map { table in
            (table.name, table.rows.map { $0.joined(separator: ",") }.joined(separator: "\n"))
        }
        return Dictionary(uniqueKeysWithValues: texts)
    }

    /// Makes changes for as long as `bytes` spell them: what, in which file, row and column, and a
    /// number that some changes use.
    mutating func change(as bytes: ArraySlice<UInt8>) {
        var bytes = bytes
        while bytes.count >= 5, !tables.isEmpty {
            let change = Change.allCases[Int(bytes.removeFirst()) % Change.allCases.count]
            let table = Int(bytes.removeFirst()) % tables.count
            let (row, column) = (Int(bytes.removeFirst()), Int(bytes.removeFirst()))
            let number = Int(bytes.removeFirst())
            if change == .removeFile {
                if number == 0 { tables.remove(at: table) }
            } else if change == .spellCell {
                let text = bytes.prefix(number % 16)
                bytes = bytes.dropFirst(text.count)
                setCell(table, row, column, String(decoding: text, as: UTF8.self))
            } else {
                make(change, table, row, column, number)
            }
        }
    }

    private mutating func make(
        _ change: Change, _ table: Int, _ row: Int, _ column: Int, _ number: Int
    ) {
        let count = tables[table].rows.count
        guard count > 0 else { return }
        let row = row % count
        switch change {
        case .setCell: setCell(table, row, column, OddValues.all[number % OddValues.all.count])
        case .nudgeCell: nudgeCell(table, row, column, by: number)
        case .repeatRow: tables[table].rows.insert(tables[table].rows[row], at: number % count)
        case .removeRow: tables[table].rows.remove(at: row)
        case .swapRows: tables[table].rows.swapAt(row, number % count)
        case .moveRowToEnd: tables[table].rows.append(tables[table].rows.remove(at: row))
        case .multiplyRow: multiply(table, row, column, number % 64)
        case .removeColumn: removeColumn(table, column)
        case .swapColumns: swapColumns(table, column, number)
        case .spellCell, .removeFile: break
        }
    }

    private mutating func setCell(_ table: Int, _ row: Int, _ column: Int, _ text: String) {
        guard let (row, column) = place(table, row, column) else { return }
        tables[table].rows[row][column] = text
    }

    /// Puts another character at the end of a cell.
    private mutating func nudgeCell(_ table: Int, _ row: Int, _ column: Int, by number: Int) {
        guard let (row, column) = place(table, row, column) else { return }
        let digits = Array("0123456789-.:\" ")
        let text = tables[table].rows[row][column].dropLast(number / 64)
        tables[table].rows[row][column] = text + String(digits[number % digits.count])
    }

    /// Repeats a row with rising numbers in one of its cells.
    private mutating func multiply(_ table: Int, _ row: Int, _ column: Int, _ count: Int) {
        guard let (row, column) = place(table, row, column) else { return }
        for number in 0..<count where tables[table].rows.count < 400 {
            var copy = tables[table].rows[row]
            copy[column] += String(number)
            tables[table].rows.append(copy)
        }
    }

    private mutating func removeColumn(_ table: Int, _ column: Int) {
        for row in tables[table].rows.indices where !tables[table].rows[row].isEmpty {
            tables[table].rows[row].remove(at: column % tables[table].rows[row].count)
        }
    }

    private mutating func swapColumns(_ table: Int, _ column: Int, _ other: Int) {
        for row in tables[table].rows.indices {
            let count = tables[table].rows[row].count
            if count > 1 { tables[table].rows[row].swapAt(column % count, other % count) }
        }
    }

    private func place(_ table: Int, _ row: Int, _ column: Int) -> (row: Int, column: Int)? {
        let rows = tables[table].rows
        guard !rows.isEmpty, !rows[row % rows.count].isEmpty else { return nil }
        return (row % rows.count, column % rows[row % rows.count].count)
    }
}
