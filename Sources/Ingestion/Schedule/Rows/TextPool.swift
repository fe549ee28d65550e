/// Keeps one `String` of each text that a column repeats.
struct TextPool {
    private var ids = IDTable()
    /// The texts by number; number 0 is the empty one.
    private(set) var texts = [""]

    /// The number of a text.
    mutating func number(of cell: Cell, in bytes: [UInt8]) -> Int {
        guard !cell.isEmpty else { return 0 }
        let (index, isNew) = ids.insert(cell, in: bytes)
        if isNew { texts.append(CellValues.text(bytes, cell)) }
        return index + 1
    }
}
