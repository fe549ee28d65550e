/// Rows of text in columns as wide as they need to be.
struct TextTable {
    private var rows: [[String]]
    private let rightAligned: Set<Int>

    /// Starts a table with its headings; columns in `numbers` are aligned to the right.
    init(_ headings: [String], numbers: Set<Int> = []) {
        rows = [headings]
        rightAligned = numbers
    }

    mutating func add(_ cells: [String]) { rows.append(cells.map(Printable.text)) }

    /// Lines without trailing blanks.
    var text: String {
        let widths = rows[0].indices.map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let blank = String(repeating: " ", count: widths[column] - cell.count)
                return rightAligned.contains(column) ? blank + cell : cell + blank
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}

/// Text from outside, made safe for a terminal.
enum Printable {
    /// Control characters, which could move the cursor or colour the screen, become blanks.
    static func text(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { safe.append(isControl(scalar) ? " " : scalar) }
        return String(safe)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
}
