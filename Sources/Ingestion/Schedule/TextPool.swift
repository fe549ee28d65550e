/// Keeps one `String` of each text that a column repeats.
struct TextPool {
    private var ids = IDTable()
    private var texts: [String] = []

    mutating func text(_ cell: Cell, in bytes: [UInt8]) -> String {
        guard !cell.isEmpty else { return "" }
        let (index, isNew) = ids.insert(cell, in: bytes)
        if isNew { texts.append(CellValues.text(bytes, cell)) }
        return texts[index]
    }
}
