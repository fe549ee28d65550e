import Testing

@testable import Ingestion

@Suite struct IDTableTests {
    private func cell(_ text: String) -> (Cell, [UInt8]) {
        (Cell(start: 0, end: text.utf8.count), Array(text.utf8))
    }

    @Test func `ids are numbered in order of arrival`() {
        var table = IDTable()
        let numbers = ["a", "b", "a", "", "bb", "b"].map { text in
            let (cell, bytes) = cell(text)
            return table.insert(cell, in: bytes).index
        }
        #expect(numbers == [0, 1, 0, 2, 3, 1])
        #expect(table.text(2) == "")
        #expect(table.text(3) == "bb")
    }

    @Test func `an unknown id has no number`() {
        let (cell, bytes) = cell("x")
        #expect(IDTable().index(of: cell, in: bytes) == nil)
    }

    @Test(arguments: 0..<20)
    func `it agrees with a dictionary`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var table = IDTable()
        var model: [String: Int] = [:]
        for _ in 0..<2000 {
            let text = String(UInt16.random(in: 0..<900, using: &generator), radix: 3)
            let (cell, bytes) = cell(text)
            #expect(table.index(of: cell, in: bytes) == model[text], "seed \(seed)")
            let expected = model[text] ?? model.count
            model[text] = expected
            #expect(table.insert(cell, in: bytes).index == expected, "seed \(seed)")
        }
        for (text, number) in model { #expect(table.text(number) == text, "seed \(seed)") }
    }
}
