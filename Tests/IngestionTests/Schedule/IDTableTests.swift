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

    private func noise(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0x20..<0x7F, using: &generator) }
    }

    /// An id of 0 to 40 bytes, of which at most two differ from others of its length.
    private func nearlyAlike(_ generator: inout SeededGenerator) -> String {
        var letters = [UInt8](repeating: 0x61, count: Int.random(in: 0...40, using: &generator))
        for _ in 0..<Int.random(in: 0...2, using: &generator) where !letters.isEmpty {
            let place = Int.random(in: 0..<letters.count, using: &generator)
            letters[place] = UInt8.random(in: 0x61..<0x64, using: &generator)
        }
        return String(decoding: letters, as: UTF8.self)
    }

    @Test(arguments: 0..<20)
    func `it agrees with a dictionary`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var table = IDTable()
        var model: [String: Int] = [:]
        for _ in 0..<2000 {
            let text = nearlyAlike(&generator)
            let before = Int.random(in: 0..<9, using: &generator)
            let after = Int.random(in: 0..<9, using: &generator)
            // What stands around an id must not matter.
            let bytes = noise(before, &generator) + Array(text.utf8) + noise(after, &generator)
            let cell = Cell(start: before, end: before + text.utf8.count)
            #expect(table.index(of: cell, in: bytes) == model[text], "seed \(seed)")
            let expected = model[text] ?? model.count
            model[text] = expected
            #expect(table.insert(cell, in: bytes).index == expected, "seed \(seed)")
        }
        for (text, number) in model { #expect(table.text(number) == text, "seed \(seed)") }
    }
}
